"""What can be measured, by groups: object × parameter × standard × technique × range × uncertainty.

`[group]` opens a group. A family is a line `pattern | object | standard | technique | instruments | industries | samples`;
below it, indented, its rows `parameter = range | uncertainty | accuracy | detection limit | clause`. Empty parts may be left out;
uncertainties are with k=2, and those in % are relative.
"""

import re
from typing import NamedTuple

from .technical_substances import SUBSTANCES


class Method(NamedTuple):
    pattern: str
    object: str
    standard: str
    technique: str
    instruments: tuple[str, ...]
    industries: tuple[str, ...]
    samples: str
    parameter: str
    range: str = ""
    uncertainty: str = ""
    accuracy: str = ""
    detection_limit: str = ""
    clause: str = ""


PATTERNS = {  # how a capability is called, and the kind of service it is
    "content": ("{object}中{parameter}含量的测定（{technique}）", "检测"),
    "property": ("{object}{parameter}的测定", "检测"),
    "trial": ("{object}{parameter}试验", "检测"),
    "inspect": ("{object}{parameter}检验", "检验"),
    "verify": ("{object}的检定（{span}）", "检定"),
    "calibrate": ("{object}的校准（{span}）", "校准"),
}

TABLE = """
[metals-chemistry]
content | 不锈钢 | GB/T 11170-2008 | 火花放电原子发射光谱法 | spark-oes | 金属材料,机械制造 | 块状样，直径不小于 20 mm，厚度不小于 5 mm
    铬 = 7.00~28.00 % | 1.2 %
    镍 = 0.10~24.00 % | 1.2 %
    钼 = 0.06~3.50 % | 2.0 %
    锰 = 0.10~11.00 % | 1.5 %
    硅 = 0.10~2.00 % | 2.0 %
    碳 = 0.01~0.30 % | 4.0 %
    磷 = 0.004~0.050 % | 6.0 %
    硫 = 0.005~0.050 % | 8.0 %
    铜 = 0.04~6.00 % | 2.0 %
    钛 = 0.03~1.10 % | 3.0 %
    铌 = 0.03~2.50 % | 3.0 %
    钒 = 0.04~0.50 % | 3.0 %
content | 碳素钢和中低合金钢 | GB/T 4336-2016 | 火花放电原子发射光谱法 | spark-oes | 金属材料,煤矿机械 | 块状样，直径不小于 16 mm，表面无裂纹
    碳 = 0.03~1.30 % | 2.5 %
    硅 = 0.17~1.20 % | 2.0 %
    锰 = 0.07~2.20 % | 1.5 %
    磷 = 0.01~0.07 % | 5.0 %
    硫 = 0.008~0.05 % | 6.0 %
    铬 = 0.10~3.00 % | 1.5 %
    镍 = 0.009~4.20 % | 2.0 %
    钼 = 0.03~1.20 % | 2.5 %
    钒 = 0.10~0.60 % | 2.5 %
    铝 = 0.03~0.16 % | 4.0 %
    硼 = 0.0008~0.011 % | 10 %
content | 铸铁 | GB/T 24234-2009 | 火花放电原子发射光谱法 | spark-oes | 金属材料,机械制造 | 白口化试样，激冷铜模取样
    碳 = 2.0~4.5 % | 2.0 %
    硅 = 0.45~4.0 % | 2.0 %
    锰 = 0.06~2.0 % | 2.0 %
    铬 = 0.03~2.9 % | 2.5 %
    镁 = 0.005~0.10 % | 6.0 %
content | 铝及铝合金 | GB/T 7999-2015 | 火花放电原子发射光谱法 | spark-oes | 金属材料,家用电器 | 块状样，车削面光洁
    硅 = 0.003~15 % | 2.5 %
    铁 = 0.003~5 % | 2.5 %
    镁 = 0.0005~11 % | 2.5 %
    铜 = 0.0005~11 % | 2.5 %
content | 低合金钢 | GB/T 20125-2006 | 电感耦合等离子体发射光谱法 | icp-oes,balance,digestion | 金属材料 | 屑状样不少于 50 g
    铬 = 0.01~3.00 % | 2.0 %
    镍 = 0.01~4.00 % | 2.0 %
    钒 = 0.002~0.50 % | 3.0 %
    钛 = 0.001~0.30 % | 3.0 %
    钴 = 0.003~0.20 % | 3.0 %
content | 铝及铝合金 | GB/T 20975.25-2020 | 电感耦合等离子体发射光谱法 | icp-oes,balance | 金属材料
    铁 = 0.003~3.0 % | 3.0 %
    锌 = 0.002~10 % | 2.5 %
    锰 = 0.0005~2.0 % | 3.0 %
content | 铜及铜合金 | GB/T 5121.27-2008 | 电感耦合等离子体发射光谱法 | icp-oes,balance | 金属材料,家用电器
    铅 = 0.001~7.0 % | 2.5 %
    锡 = 0.001~10 % | 2.5 %
    锌 = 0.00005~7.0 % | 3.0 %
content | 钢铁 | GB/T 20123-2006 | 高频燃烧红外吸收法 | c-s,balance | 金属材料,煤矿机械 | 屑状样不少于 20 g，清洗去油
    碳 = 0.005~4.3 % | 2.0 %
    硫 = 0.0005~0.33 % | 4.0 %
content | 钢铁及合金 | GB/T 223.86-2009 | 高频燃烧红外吸收法 | c-s | 金属材料
    碳 = 0.003~4.5 % | 2.0 %
content | 钢铁及合金 | GB/T 223.85-2009 | 高频燃烧红外吸收法 | c-s | 金属材料
    硫 = 0.002~0.10 % | 4.0 %
content | 钢铁 | GB/T 20124-2006 | 惰气熔融法 | o-n | 金属材料
    氮 = 0.002~0.6 % | 6.0 %
content | 钢铁 | GB/T 11261-2006 | 惰气熔融法 | o-n | 金属材料
    氧 = 0.0005~0.020 % | 8.0 %
content | 不锈钢 | GB/T 223.11-2008 | 滴定法 | titrator,balance | 金属材料 | 屑状样不少于 30 g
    铬 = 0.10~35.00 % | 0.8 %
content | 钢铁及合金 | GB/T 223.23-2008 | 分光光度法 | uv-vis,balance | 金属材料
    镍 = 0.03~2.00 % | 3.0 %
content | 钢铁及合金 | GB/T 223.26-2008 | 分光光度法 | uv-vis,balance | 金属材料
    钼 = 0.10~2.00 % | 3.0 %
content | 钢铁及合金 | GB/T 223.59-2008 | 分光光度法 | uv-vis,balance | 金属材料
    磷 = 0.005~0.300 % | 4.0 %
content | 钢铁 | GB/T 223.5-2008 | 分光光度法 | uv-vis,balance | 金属材料
    硅 = 0.010~1.00 % | 2.5 %
inspect | 钢和铁成品 | GB/T 20066-2006 | 火花放电原子发射光谱法 | spark-oes | 金属材料
    牌号符合性（取样与成分） =
[metals-old]
content | 不锈钢 | GB/T 11170-1989 | 火花放电原子发射光谱法 | spark-oes | 金属材料
    铬 = 10.00~25.00 % | 1.5 %
    镍 = 1.00~20.00 % | 1.5 %
content | 碳素钢和中低合金钢 | GB/T 4336-2002 | 火花放电原子发射光谱法 | spark-oes | 金属材料,煤矿机械
    碳 = 0.03~1.10 % | 3.0 %
    锰 = 0.06~2.20 % | 2.0 %
trial | 金属材料 | GB/T 228.1-2010 | 静态力学试验法 | utm | 金属材料
    室温拉伸 = 6~300 kN | 1.0 %
trial | 金属材料 | GB/T 229-2007 | 摆锤冲击法 | impact | 金属材料
    夏比 V 型缺口冲击 = 10~300 J | 3.0 J
trial | 金属材料 | GB/T 4340.1-2009 | 压入硬度法 | vickers | 金属材料
    维氏硬度 = 50~1000 HV | 2.5 %
[metals-mechanics]
trial | 金属材料 | GB/T 228.1-2021 | 静态力学试验法 | utm | 金属材料,机械制造,煤矿机械 | 按标准加工成试样，每组不少于 2 根
    室温拉伸 = 12~600 kN | 1.0 % | 1 级
    室温拉伸（小力值） = 0.5~100 kN | 0.8 % | 0.5 级
trial | 金属材料 | GB/T 228.2-2015 | 静态力学试验法 | utm,reheat-furnace | 金属材料
    高温拉伸（至 800 ℃） = 2~100 kN | 1.5 %
trial | 金属材料 | ISO 6892-1:2019 | 静态力学试验法 | utm | 金属材料,机械制造
    室温拉伸（国际标准法） = 2~300 kN | 1.0 %
trial | 金属材料 | GB/T 232-2024 | 静态力学试验法 | utm | 金属材料
    弯曲 = 5~300 kN | 1.0 %
trial | 金属材料 | GB/T 7314-2017 | 静态力学试验法 | utm | 金属材料
    室温压缩 = 5~600 kN | 1.0 %
trial | 金属材料 | GB/T 229-2020 | 摆锤冲击法 | impact | 金属材料,煤矿机械 | 10 mm×10 mm×55 mm，每组 3 个
    夏比 V 型缺口冲击 = 10~360 J | 2.5 J
trial | 金属材料 | ISO 148-1:2016 | 摆锤冲击法 | impact | 金属材料
    夏比冲击（国际标准法） = 10~360 J | 2.5 J
trial | 金属材料 | GB/T 231.1-2018 | 压入硬度法 | brinell | 金属材料,机械制造
    布氏硬度 = 95.5~650 HBW | 2.0 %
trial | 金属材料 | GB/T 230.1-2018 | 压入硬度法 | rockwell | 金属材料,机械制造
    洛氏硬度 C 标尺 = 20~70 HRC | 0.8 HRC
    洛氏硬度 B 标尺 = 20~100 HRB | 1.0 HRB
trial | 金属材料 | GB/T 4340.1-2024 | 压入硬度法 | vickers | 金属材料
    维氏硬度 = 20~1200 HV | 2.5 %
property | 金属材料 | GB/T 6394-2017 | 金相法 | metallograph | 金属材料
    平均晶粒度 = 1~12 级 | 0.5 级
property | 钢材 | GB/T 10561-2023 | 金相法 | metallograph | 金属材料
    非金属夹杂物 = 0.5~3 级 | 0.5 级
property | 钢材 | GB/T 224-2019 | 金相法 | metallograph | 金属材料,煤矿机械
    脱碳层深度 = 0.01~3 mm | 0.02 mm
property | 金属材料 | GB/T 13298-2015 | 金相法 | metallograph | 金属材料
    显微组织 =
property | 钢材 | GB/T 226-2015 | 金相法 | metallograph | 金属材料
    低倍组织 =
property | 球墨铸铁 | GB/T 9441-2021 | 金相法 | metallograph | 金属材料,机械制造
    球化率 = 30~100 % | 6.0 %
trial | 金属镀层与涂层 | GB/T 10125-2021 | 腐蚀试验 | salt-spray | 金属材料,家用电器
    中性盐雾 = 2~1000 h
trial | 不锈钢 | GB/T 4334-2020 | 腐蚀试验 | metallograph,muffle | 金属材料
    晶间腐蚀 =
trial | 热轧带肋钢筋 | GB 1499.2-2024 | 静态力学试验法 | utm | 金属材料,建筑材料 | 每批 5 根，长度不小于 500 mm
    下屈服强度与抗拉强度 = 20~1000 kN | 1.0 %
trial | 螺栓、螺钉和螺柱 | GB/T 3098.1-2010 | 静态力学试验法 | utm,rockwell | 机械制造,煤矿机械
    楔负载与保证载荷 = 5~600 kN | 1.0 %
[ndt]
inspect | 焊缝 | GB/T 11345-2023 | 超声检测 | ut | 金属材料,机械制造,煤矿机械
    内部缺陷超声 = 8~150 mm
inspect | 熔化焊接头 | GB/T 3323.1-2019 | 射线检测 | rt | 金属材料,机械制造
    射线照相 = 2~40 mm
inspect | 承压设备 | NB/T 47013.4-2015 | 磁粉与渗透检测 | mt | 金属材料,机械制造
    表面磁粉 =
inspect | 承压设备 | NB/T 47013.5-2015 | 磁粉与渗透检测 | pt-kit | 金属材料,机械制造
    表面渗透 =
[dimensions]
property | 机械零件 | GB/T 1958-2017 | 几何量测量 | cmm | 机械制造,煤矿机械 | 去毛刺、擦净，提前 4 h 恒温
    形位公差 = 0~1000 mm | 4.0 μm
property | 机械零件 | GB/T 3177-2009 | 几何量测量 | cmm,tool-set | 机械制造
    光滑工件尺寸 = 0~500 mm | 4.0 μm
property | 机械零件 | GB/T 10610-2009 | 几何量测量 | roughness | 机械制造
    表面粗糙度 Ra = 0.05~10 μm | 6.0 %
[refractory]
property | 致密定形耐火制品 | GB/T 2997-2015 | 密度与孔隙测量 | porosity,balance | 耐火材料 | 每组 5 块，边长 50~80 mm，无裂纹
    体积密度 = 1.5~4.0 g/cm³ | 0.02 g/cm³
    显气孔率 = 1~60 % | 2.5 %
    真气孔率 = 1~70 % | 3.0 %
property | 致密定形耐火制品 | ISO 5017:2013 | 密度与孔隙测量 | porosity,balance | 耐火材料
    体积密度（国际标准法） = 1.5~4.0 g/cm³ | 0.02 g/cm³
property | 耐火制品 | GB/T 5072-2023 | 静态力学试验法 | press | 耐火材料 | 直径 50 mm、高 50 mm 圆柱或同尺寸立方体，3 块
    常温耐压强度 = 1~200 MPa | 3.0 %
property | 耐火制品 | GB/T 3001-2017 | 静态力学试验法 | cold-mor | 耐火材料 | 整砖或 150 mm×25 mm×25 mm 试样，3 块
    常温抗折强度 = 0.5~60 MPa | 3.0 %
property | 耐火制品 | GB/T 3002-2017 | 高温物理试验 | hmor | 耐火材料
    高温抗折强度（1400 ℃） = 0.5~30 MPa | 5.0 %
property | 耐火制品 | YB/T 370-2016 | 高温物理试验 | rul | 耐火材料 | 直径 50 mm、高 50 mm，2 块
    荷重软化温度 = 800~1700 ℃ | 12 ℃
property | 耐火制品 | GB/T 5989-2023 | 高温物理试验 | rul | 耐火材料
    荷重软化温度（示差升温法） = 800~1700 ℃ | 10 ℃
property | 耐火制品 | ISO 1893:2007 | 高温物理试验 | rul | 耐火材料
    荷重软化温度（国际标准法） = 800~1700 ℃ | 10 ℃
property | 耐火制品 | GB/T 5073-2005 | 高温物理试验 | rul | 耐火材料 | 直径 50 mm、高 50 mm，带中心孔，2 块
    压蠕变率 = 0.01~5 % | 8.0 %
property | 耐火材料 | GB/T 7320-2018 | 高温物理试验 | dilatometer | 耐火材料
    线膨胀率 = 0.1~3 % | 4.0 %
property | 耐火材料 | GB/T 7322-2017 | 高温物理试验 | refractoriness | 耐火材料 | 粉样 200 g
    耐火度 = 1500~1790 ℃ | 15 ℃
trial | 耐火材料 | GB/T 30873-2014 | 高温物理试验 | thermal-shock | 耐火材料 | 标砖 3 块
    抗热震性（1100 ℃ 水急冷） = 1~100 次
trial | 耐火材料 | GB/T 8931-2007 | 高温物理试验 | slag-furnace,reheat-furnace | 耐火材料
    抗渣性 = 0.1~50 mm | 1.0 mm
property | 致密定形含碳耐火制品 | GB/T 17732-2008 | 高温物理试验 | reheat-furnace,press | 耐火材料
    炭化后耐压强度 = 1~100 MPa | 4.0 %
property | 不定形耐火材料 | GB/T 4513.6-2017 | 高温物理试验 | reheat-furnace,press | 耐火材料 | 散料 25 kg，附加水量说明
    加热永久线变化 = 0.05~5 % | 6.0 %
    烘干耐压强度 = 1~150 MPa | 3.5 %
property | 耐火纤维制品 | GB/T 17911-2018 | 高温物理试验 | reheat-furnace,tool-set | 耐火材料,气凝胶
    加热永久线变化 = 0.1~10 % | 6.0 %
    渣球含量 = 0.5~40 % | 5.0 %
property | 耐火材料 | GB/T 5990-2021 | 热导率测量 | hot-wire | 耐火材料
    导热系数 = 0.05~20 W/(m·K) | 8.0 %
property | 隔热耐火制品 | YB/T 4130-2005 | 热导率测量 | flat-plate | 耐火材料,气凝胶
    导热系数 = 0.03~2 W/(m·K) | 7.0 %
inspect | 定形耐火制品 | GB/T 10326-2016 | 几何量测量 | tool-set | 耐火材料
    尺寸、外观及断面 = 0~300 mm | 0.3 mm
inspect | 定形耐火制品 | GB/T 10325-2012 | 整机性能试验 | tool-set,press | 耐火材料
    交货批抽样验收 =
property | 定形耐火制品 | GB/T 7321-2017 | 几何量测量 | tool-set | 耐火材料
    试样制备与尺寸 = 10~230 mm | 0.1 mm
[refractory-old]
property | 耐火制品 | GB/T 5072-2008 | 静态力学试验法 | press | 耐火材料
    常温耐压强度 = 1~150 MPa | 4.0 %
property | 耐火制品 | GB/T 5989-2008 | 高温物理试验 | rul | 耐火材料
    荷重软化温度（示差升温法） = 800~1650 ℃ | 15 ℃
property | 耐火材料 | GB/T 5990-2006 | 热导率测量 | hot-wire | 耐火材料
    导热系数 = 0.1~15 W/(m·K) | 10 %
content | 铝硅系耐火材料 | GB/T 6900-2006 | 滴定法 | titrator,balance | 耐火材料
    三氧化二铝 = 10~95 % | 0.8 %
content | 耐火材料 | GB/T 21114-2007 | X 射线荧光光谱法 | xrf,fusion-machine | 耐火材料
    二氧化硅 = 0.1~99 % | 1.5 %
[refractory-chemistry]
content | 铝硅系耐火材料 | GB/T 6900-2016 | 滴定法 | titrator,balance,muffle | 耐火材料 | 粉样 100 g，粒度 0.088 mm 以下
    三氧化二铝 = 5~95 % | 0.6 %
content | 铝硅系耐火材料 | GB/T 6900-2016 | 分光光度法 | uv-vis,balance | 耐火材料
    二氧化硅 = 0.5~60 % | 1.0 %
    三氧化二铁 = 0.05~10 % | 3.0 %
    二氧化钛 = 0.05~5 % | 3.0 %
content | 铝硅系耐火材料 | GB/T 6900-2016 | 火焰原子吸收光谱法 | aas,balance | 耐火材料
    氧化钾 = 0.02~5 % | 4.0 %
    氧化钠 = 0.02~3 % | 4.0 %
    氧化钙 = 0.02~5 % | 3.0 %
    氧化镁 = 0.02~5 % | 3.0 %
content | 耐火材料 | GB/T 21114-2019 | X 射线荧光光谱法 | xrf,fusion-machine | 耐火材料 | 粉样 50 g，经 1050 ℃ 灼烧
    三氧化二铝 = 0.1~99 % | 0.8 %
    二氧化硅 = 0.1~99 % | 0.8 %
    三氧化二铁 = 0.01~20 % | 2.5 %
    二氧化钛 = 0.01~10 % | 2.5 %
    氧化钙 = 0.02~60 % | 2.0 %
    氧化镁 = 0.05~98 % | 1.5 %
    氧化钾 = 0.01~10 % | 3.0 %
    二氧化锆 = 0.05~95 % | 1.5 %
    三氧化二铬 = 0.02~95 % | 2.0 %
    五氧化二磷 = 0.01~10 % | 3.0 %
content | 硅质耐火材料 | GB/T 6901-2017 | 重量法 | balance,muffle | 耐火材料
    二氧化硅 = 90~99.5 % | 0.3 %
content | 镁铝系耐火材料 | GB/T 5069-2015 | 滴定法 | titrator,balance | 耐火材料
    氧化镁 = 30~98 % | 0.6 %
    氧化钙 = 0.2~5 % | 2.0 %
content | 含碳耐火材料 | GB/T 16555-2017 | 高频燃烧红外吸收法 | c-s,balance | 耐火材料
    碳 = 0.1~60 % | 2.0 %
    碳化硅 = 0.5~98 % | 2.0 %
[aerogel]
property | 纳米孔气凝胶复合绝热制品 | GB/T 34336-2017 | 热导率测量 | guarded-hot-plate | 气凝胶 | 300 mm×300 mm，2 块，厚度差小于 2 %
    导热系数（平均温度 25 ℃） = 0.010~0.050 W/(m·K) | 3.0 %
    导热系数（平均温度 300 ℃） = 0.020~0.100 W/(m·K) | 4.0 %
property | 纳米孔气凝胶复合绝热制品 | GB/T 34336-2017 | 密度与孔隙测量 | balance,tool-set | 气凝胶
    体积密度 = 100~350 kg/m³ | 2.0 %
    振动质量损失率 = 0.1~5 % | 8.0 %
property | 绝热材料 | GB/T 10294-2008 | 热导率测量 | guarded-hot-plate | 气凝胶,建筑材料 | 300 mm×300 mm，2 块
    导热系数 = 0.010~2 W/(m·K) | 3.0 %
property | 绝热材料 | GB/T 10295-2008 | 热导率测量 | heat-flow-meter | 气凝胶,建筑材料
    导热系数（热流计法） = 0.005~0.5 W/(m·K) | 3.5 %
property | 管道绝热层 | GB/T 10296-2008 | 热导率测量 | pipe-rig | 气凝胶,新能源与储能
    稳态传热性质 = 0.02~0.2 W/(m·K) | 5.0 %
property | 绝热材料 | GB/T 10299-2011 | 密度与孔隙测量 | hydrophobicity,balance | 气凝胶
    憎水率 = 90~100 % | 1.0 %
property | 绝热材料 | GB/T 17430-2015 | 高温物理试验 | max-temp-rig | 气凝胶,耐火材料
    最高使用温度 = 100~1000 ℃ | 8 ℃
property | 矿物棉制品 | GB/T 5480-2017 | 密度与孔隙测量 | tool-set,balance | 建筑材料
    密度与厚度 = 20~300 kg/m³ | 2.5 %
property | 无机硬质绝热制品 | GB/T 5486-2008 | 静态力学试验法 | utm,oven | 气凝胶,建筑材料
    抗压强度 = 0.1~5 MPa | 2.0 %
    含水率 = 0.1~50 % | 3.0 %
property | 泡沫绝热材料 | GB/T 6343-2009 | 密度与孔隙测量 | tool-set,balance | 建筑材料,家用电器
    表观密度 = 10~300 kg/m³ | 1.5 %
trial | 建筑材料 | GB/T 5464-2010 | 燃烧性能试验 | non-combustible | 气凝胶,建筑材料
    不燃性 = 700~800 ℃ | 5 ℃
property | 建筑材料及制品 | GB/T 14402-2007 | 燃烧性能试验 | bomb-building | 气凝胶,建筑材料
    燃烧热值 = 0.1~40 MJ/kg | 2.0 %
trial | 建筑材料及制品 | GB/T 20284-2006 | 燃烧性能试验 | sbi | 建筑材料
    单体燃烧 = 1~500 kW | 8.0 %
inspect | 建筑材料及制品 | GB 8624-2012 | 燃烧性能试验 | non-combustible,bomb-building | 气凝胶,建筑材料
    燃烧性能分级 =
[coal]
property | 煤 | GB/T 211-2017 | 重量法 | oven,balance | 煤炭 | 全水分煤样 3 kg，密封当日送达
    全水分 = 0.5~40 % | 2.5 %
property | 煤 | GB/T 212-2008 | 重量法 | proximate,balance,muffle | 煤炭 | 一般分析试验煤样 100 g
    空气干燥基水分 = 0.1~20 % | 3.0 %
    灰分 = 1~50 % | 1.0 %
    挥发分 = 1~50 % | 1.5 %
property | 煤 | GB/T 213-2008 | 氧弹量热法 | calorimeter,balance | 煤炭
    发热量 = 10~35 MJ/kg | 0.6 %
content | 煤 | GB/T 214-2007 | 滴定法 | sulphur,balance | 煤炭
    硫 = 0.05~8 % | 3.0 %
content | 煤 | GB/T 25214-2010 | 高频燃烧红外吸收法 | c-s,balance | 煤炭
    硫 = 0.05~10 % | 3.0 %
content | 煤 | GB/T 215-2003 | 重量法 | balance,muffle | 煤炭
    硫酸盐硫 = 0.01~3 % | 6.0 %
property | 煤 | GB/T 217-2008 | 密度与孔隙测量 | balance | 煤炭
    真相对密度 = 1.2~2.6 g/cm³ | 0.02 g/cm³
property | 煤灰 | GB/T 219-2008 | 高温物理试验 | ash-fusion | 煤炭
    熔融性特征温度 = 900~1500 ℃ | 20 ℃
content | 煤 | GB/T 476-2008 | 重量法 | chn,balance | 煤炭
    碳 = 40~95 % | 0.8 %
    氢 = 0.5~8 % | 3.0 %
content | 煤 | GB/T 30733-2014 | 高频燃烧红外吸收法 | chn | 煤炭
    碳 = 40~95 % | 1.0 %
    氮 = 0.1~3 % | 5.0 %
content | 煤 | GB/T 19227-2008 | 滴定法 | kjeldahl,balance | 煤炭
    氮 = 0.1~3 % | 5.0 %
content | 煤 | GB/T 3558-2014 | 滴定法 | titrator,muffle | 煤炭
    氯 = 0.005~0.5 % | 8.0 %
content | 煤 | GB/T 4633-2014 | 电极法 | ph-meter,muffle | 煤炭
    氟 = 20~500 mg/kg | 10 % | | 5 mg/kg
content | 煤 | GB/T 16659-2008 | 原子荧光光谱法 | afs,mercury | 煤炭
    汞 = 0.02~2 mg/kg | 12 % | | 0.005 mg/kg
content | 煤灰 | GB/T 1574-2007 | 火焰原子吸收光谱法 | aas,muffle | 煤炭
    氧化钙 = 0.1~30 % | 3.0 %
    三氧化二铁 = 0.1~30 % | 3.0 %
property | 煤 | GB/T 2565-2014 | 筛分法 | grindability,sieve | 煤炭
    哈氏可磨性指数 =
property | 烟煤 | GB/T 5447-2014 | 整机性能试验 | caking | 煤炭
    黏结指数 =
property | 烟煤 | GB/T 479-2016 | 整机性能试验 | plastometer | 煤炭
    胶质层最大厚度 = 0~40 mm | 1.0 mm
property | 煤 | GB/T 1573-2018 | 筛分法 | muffle,sieve | 煤炭
    热稳定性 = 10~100 % | 4.0 %
inspect | 商品煤 | GB/T 18666-2014 | 氧弹量热法 | calorimeter,proximate,sulphur | 煤炭
    批质量抽查验收 =
inspect | 商品煤 | GB/T 475-2008 | 整机性能试验 | coal-crusher | 煤炭
    人工采样 =
inspect | 煤样 | GB/T 474-2008 | 筛分法 | coal-crusher | 煤炭
    制样（缩分至 0.2 mm） = 0.2~3 mm
[coal-old]
property | 煤 | GB/T 211-2007 | 重量法 | oven,balance | 煤炭
    全水分 = 0.5~40 % | 3.0 %
[mining]
trial | 煤矿用液压支架 | GB 25974.1-2010 | 整机性能试验 | support-rig | 煤矿机械 | 整架送检，提前预约场地
    整架强度与耐久性 = 2000~18000 kN | 2.5 %
trial | 立柱和千斤顶 | GB 25974.2-2010 | 整机性能试验 | cylinder-rig | 煤矿机械
    密封与强度 = 2~80 MPa | 1.0 %
trial | 液压控制系统及阀 | GB 25974.3-2010 | 整机性能试验 | valve-rig | 煤矿机械
    压力流量特性 = 1~60 MPa | 1.0 %
trial | 刮板输送机 | MT/T 105-2006 | 整机性能试验 | conveyor-rig | 煤矿机械
    减速器加载 = 1000~50000 N·m | 1.5 %
trial | 矿用高强度圆环链 | GB/T 12718-2009 | 静态力学试验法 | chain-tester | 煤矿机械 | 不少于 7 环
    破断负荷 = 60~2500 kN | 1.5 %
trial | 带式输送机 | GB/T 10595-2017 | 整机性能试验 | conveyor-rig | 煤矿机械
    托辊旋转阻力 = 0.5~20 N | 4.0 %
trial | 煤矿用钢丝绳芯输送带 | MT 668-2008 | 燃烧性能试验 | drum-friction,flame-cabinet | 煤矿机械,煤炭
    滚筒摩擦与酒精喷灯燃烧 = 1~999 s | 0.5 s
trial | 煤矿用织物整芯输送带 | MT 914-2008 | 静态力学试验法 | chain-tester,drum-friction | 煤矿机械
    全厚度拉伸 = 20~1000 kN | 1.5 %
trial | 井下用聚合物制品 | MT 113-1995 | 燃烧性能试验 | flame-cabinet,surface-resistance | 煤矿机械
    阻燃抗静电 = 0.01~1000 GΩ | 5.0 %
trial | 煤矿用电缆 | MT 818-2009 | 电气安全试验 | hipot,bridge | 煤矿机械
    绝缘与导体电性能 = 0.5~5 kV | 2.0 %
trial | 爆炸性环境用电气设备 | GB/T 3836.1-2021 | 整机性能试验 | explosion-tank,climate | 煤矿机械
    通用要求 =
trial | 隔爆型电气设备 | GB/T 3836.2-2021 | 整机性能试验 | explosion-tank | 煤矿机械 | 样机 2 台，附总装图
    外壳耐压与内部点燃不传爆 = 0.1~5 MPa | 1.5 %
trial | 本质安全型电气设备 | GB/T 3836.4-2021 | 电气安全试验 | spark-test | 煤矿机械
    火花点燃 = 0.01~3 A | 2.0 %
trial | 煤矿安全监控系统 | AQ 6201-2019 | 整机性能试验 | climate,surge | 煤矿机械,电子信息
    通用技术要求 =
trial | 电气设备外壳 | GB/T 4208-2017 | 防护等级试验 | ip-rig | 煤矿机械,家用电器
    防护等级 IP1X 至 IP68 = 0.07~100 L/min | 3.0 %
[mining-old]
trial | 爆炸性环境用电气设备 | GB 3836.1-2010 | 整机性能试验 | explosion-tank | 煤矿机械
    通用要求（在用设备） =
[appliances]
trial | 家用和类似用途电器 | GB/T 4706.1-2024 | 电气安全试验 | leakage,hipot | 家用电器 | 样机 2 台，附说明书与电路图
    工作温度下的泄漏电流 = 0.01~20 mA | 2.0 % | | | 第 13 章
    电气强度 = 0.5~5 kV | 1.5 % | | | 第 13 章
trial | 家用和类似用途电器 | GB/T 4706.1-2024 | 电气安全试验 | ground-bond | 家用电器
    接地电阻 = 1~600 mΩ | 2.0 % | | | 第 27 章
trial | 家用和类似用途电器 | GB/T 4706.1-2024 | 电气安全试验 | power-analyser,temperature-logger | 家用电器
    输入功率与电流 = 1~10000 W | 0.5 % | | | 第 10 章
    发热 = 15~300 ℃ | 1.5 ℃ | | | 第 11 章
trial | 家用和类似用途电器 | GB/T 4706.1-2024 | 电气安全试验 | mechanical-appliance | 家用电器
    对触及带电部件的防护 = | | | | 第 8 章
    机械强度 = 0.2~1 J | 4.0 % | | | 第 21 章
trial | 吸尘器 | GB/T 4706.7-2024 | 电气安全试验 | power-analyser,leakage | 家用电器
    特殊要求 = 10~3000 W | 0.5 %
trial | 制冷器具 | GB/T 4706.13-2024 | 电气安全试验 | power-analyser,climate | 家用电器
    特殊要求 = 10~3000 W | 0.5 %
trial | 储水式热水器 | GB/T 4706.12-2024 | 电气安全试验 | heater-rig,leakage | 家用电器
    特殊要求 = 5~95 ℃ | 0.5 ℃
trial | 液体加热器 | GB/T 4706.19-2024 | 电气安全试验 | heater-rig,temperature-logger | 家用电器
    特殊要求 = 5~100 ℃ | 0.5 ℃
trial | 音视频与信息技术设备 | GB 4943.1-2022 | 电气安全试验 | hipot,leakage | 电子信息,家用电器
    接触电流与抗电强度 = 0.5~5 kV | 1.5 %
trial | 房间空气调节器 | GB 21455-2019 | 整机性能试验 | calorimeter-room | 家用电器
    制冷量与全年能源消耗效率 = 1~14 kW | 3.0 %
trial | 插头插座 | GB/T 2099.1-2021 | 电气安全试验 | plug-rig,hipot | 家用电器
    拔出力与温升 = 1~100 N | 1.5 %
trial | 聚氯乙烯绝缘电缆 | GB/T 5023.2-2008 | 电气安全试验 | hipot,insulation | 家用电器,建筑材料
    绝缘电压与绝缘电阻 = 0.1~1000 MΩ | 3.0 %
property | 电线电缆 | GB/T 3048.4-2007 | 电气安全试验 | bridge | 家用电器,建筑材料 | 整根不少于 3 m
    导体直流电阻 = 0.02~1000 Ω/km | 0.3 %
trial | 电工电子产品 | GB/T 5169.11-2017 | 燃烧性能试验 | glow-wire | 家用电器
    灼热丝可燃性 = 500~960 ℃ | 6 ℃
trial | 塑料零部件 | GB/T 5169.16-2017 | 燃烧性能试验 | flame-cabinet | 家用电器
    50 W 水平与垂直火焰 = 1~300 s | 0.5 s
property | 固体绝缘材料 | GB/T 4207-2022 | 电气安全试验 | tracking | 家用电器
    相比电痕化指数 = 100~600 V | 2.0 %
trial | 电工电子产品 | GB/T 2423.1-2008 | 气候环境试验 | climate | 家用电器,电子信息
    低温 = -65~5 ℃ | 1.0 ℃
trial | 电工电子产品 | GB/T 2423.2-2008 | 气候环境试验 | climate | 家用电器,电子信息
    高温 = 30~150 ℃ | 1.0 ℃
trial | 电工电子产品 | GB/T 2423.3-2016 | 气候环境试验 | climate | 家用电器,电子信息
    恒定湿热 = 85~95 %RH | 2.5 %RH
trial | 电工电子产品 | GB/T 2423.10-2019 | 振动试验 | shaker | 家用电器,煤矿机械
    正弦振动 = 5~2000 Hz | 1.0 %
[emc]
trial | 家用电器 | GB 4343.1-2024 | 电磁兼容试验 | emi-receiver | 家用电器
    端子骚扰电压 = 0.15~30 MHz | 3.0 % | ±2 dB
    辐射骚扰 = 30~1000 MHz | 4.0 % | ±3 dB
trial | 低压电气设备 | GB 17625.1-2022 | 电磁兼容试验 | harmonic,power-analyser | 家用电器
    谐波电流发射 = 0.005~16 A | 3.0 %
trial | 电子电气产品 | GB/T 17626.2-2018 | 电磁兼容试验 | esd | 家用电器,电子信息
    静电放电抗扰度 = 2~15 kV | 4.0 %
trial | 电子电气产品 | GB/T 17626.4-2018 | 电磁兼容试验 | eft | 家用电器,电子信息
    电快速瞬变脉冲群抗扰度 = 0.5~4 kV | 5.0 %
trial | 电子电气产品 | GB/T 17626.5-2019 | 电磁兼容试验 | surge | 家用电器,电子信息
    浪涌抗扰度 = 0.5~6 kV | 5.0 %
[appliances-old]
trial | 家用和类似用途电器 | GB 4706.1-2005 | 电气安全试验 | hipot,leakage | 家用电器
    电气强度（存量型式的复测） = 0.5~5 kV | 2.0 %
trial | 液体加热器 | GB 4706.19-2008 | 电气安全试验 | heater-rig,leakage | 家用电器
    特殊要求（存量型式的复测） = 5~100 ℃ | 0.8 ℃
trial | 家用电器 | GB 4343.1-2018 | 电磁兼容试验 | emi-receiver | 家用电器
    端子骚扰电压（存量型式的复测） = 0.15~30 MHz | 3.0 %
[food]
property | 食品 | GB 5009.3-2016 | 重量法 | oven,balance | 食品 | 不少于 500 g，原包装
    水分 = 0.1~98 % | 2.0 %
property | 食品 | GB 5009.4-2016 | 重量法 | muffle,balance | 食品
    灰分 = 0.05~50 % | 3.0 %
content | 食品 | GB 5009.5-2025 | 滴定法 | kjeldahl,balance | 食品
    蛋白质 = 0.1~90 g/100g | 3.0 %
content | 食品 | GB 5009.6-2016 | 重量法 | soxhlet,balance | 食品
    脂肪 = 0.1~99 g/100g | 4.0 %
content | 食品 | GB 5009.7-2016 | 滴定法 | titrator,balance | 食品
    还原糖 = 0.1~80 g/100g | 4.0 %
content | 食品 | GB 5009.8-2023 | 高效液相色谱法 | hplc,balance | 食品
    蔗糖 = 0.3~99 g/100g | 5.0 % | | 0.1 g/100g
content | 食品 | GB 5009.9-2023 | 滴定法 | titrator | 食品
    淀粉 = 0.5~95 g/100g | 5.0 %
content | 食品 | GB 5009.12-2023 | 石墨炉原子吸收光谱法 | aas,digestion | 食品,连翘茶与药茶 | 可食部分不少于 500 g
    铅 = 0.02~10 mg/kg | 12 % | | 0.02 mg/kg | 第一法
content | 食品 | GB 5009.12-2023 | 电感耦合等离子体质谱法 | icp-ms,digestion | 食品,连翘茶与药茶
    铅 = 0.02~20 mg/kg | 10 % | | 0.01 mg/kg | 第二法
content | 食品 | GB 5009.15-2023 | 石墨炉原子吸收光谱法 | aas,digestion | 食品
    镉 = 0.002~2 mg/kg | 12 % | | 0.001 mg/kg
content | 食品 | GB 5009.11-2024 | 电感耦合等离子体质谱法 | icp-ms,digestion | 食品
    砷 = 0.01~10 mg/kg | 12 % | | 0.003 mg/kg
content | 食品 | GB 5009.17-2021 | 原子荧光光谱法 | afs,digestion | 食品
    汞 = 0.005~2 mg/kg | 14 % | | 0.003 mg/kg
content | 食品 | GB 5009.123-2023 | 石墨炉原子吸收光谱法 | aas,digestion | 食品,连翘茶与药茶
    铬 = 0.02~10 mg/kg | 14 % | | 0.01 mg/kg
content | 食品 | GB 5009.13-2017 | 火焰原子吸收光谱法 | aas | 食品
    铜 = 0.5~200 mg/kg | 6.0 %
content | 食品 | GB 5009.14-2017 | 火焰原子吸收光谱法 | aas | 食品
    锌 = 1~500 mg/kg | 6.0 %
content | 食品 | GB 5009.91-2017 | 火焰原子吸收光谱法 | aas | 食品
    钾 = 2~50000 mg/kg | 6.0 %
    钠 = 3~50000 mg/kg | 6.0 %
content | 食品 | GB 5009.92-2016 | 火焰原子吸收光谱法 | aas | 食品
    钙 = 1.5~20000 mg/kg | 6.0 %
content | 食品 | GB 5009.93-2017 | 原子荧光光谱法 | afs | 食品
    硒 = 0.006~10 mg/kg | 12 % | | 0.002 mg/kg
content | 食品 | GB 5009.22-2016 | 高效液相色谱法 | hplc,lc-ms | 食品,农业
    黄曲霉毒素 B1 = 0.1~50 μg/kg | 18 % | | 0.03 μg/kg
content | 食品 | GB 5009.28-2016 | 高效液相色谱法 | hplc | 食品
    苯甲酸 = 0.01~2 g/kg | 6.0 % | | 0.005 g/kg
    山梨酸 = 0.01~2 g/kg | 6.0 % | | 0.005 g/kg
    糖精钠 = 0.01~2 g/kg | 6.0 % | | 0.005 g/kg
content | 食品 | GB 5009.33-2016 | 离子色谱法 | ic | 食品
    亚硝酸盐 = 0.5~200 mg/kg | 8.0 % | | 0.2 mg/kg
content | 食品 | GB 5009.34-2022 | 滴定法 | titrator | 食品
    二氧化硫 = 0.01~3 g/kg | 8.0 % | | 0.003 g/kg
content | 食品 | GB 5009.35-2023 | 高效液相色谱法 | hplc | 食品
    柠檬黄 = 0.5~500 mg/kg | 8.0 % | | 0.2 mg/kg
content | 食品 | GB 5009.88-2023 | 重量法 | fibre,balance | 食品
    膳食纤维 = 0.5~90 g/100g | 6.0 %
content | 食用油脂与焙烤食品 | GB 5009.227-2023 | 滴定法 | titrator | 食品
    过氧化值 = 0.01~1 g/100g | 6.0 %
property | 食品 | GB 5009.237-2016 | 电极法 | ph-meter | 食品
    pH 值 = 2~10 pH | 0.03 pH
inspect | 预包装食品 | GB 7718-2011 | 感官检验 | tool-set | 食品,服务业 | 带完整包装 3 件
    标签 =
inspect | 预包装食品 | GB 28050-2011 | 感官检验 | tool-set | 食品
    营养标签 =
inspect | 食品和化妆品 | GB 23350-2021 | 几何量测量 | tool-set,balance | 食品,服务业 | 带完整外包装 2 盒
    过度包装（空隙率与层数） = 1~90 % | 2.0 %
inspect | 定量包装商品 | JJF 1070-2023 | 衡量法 | balance | 食品,服务业
    净含量 = 5~6000 g | 0.3 g
[microbiology]
property | 食品 | GB 4789.2-2022 | 微生物培养法 | incubator,autoclave | 食品,连翘茶与药茶 | 无菌采样 250 g，4 h 内冷藏送达
    菌落总数 = 10~1000000 CFU/g
property | 食品 | GB 4789.15-2016 | 微生物培养法 | incubator,biosafety | 食品,连翘茶与药茶
    霉菌和酵母 = 10~100000 CFU/g
property | 食品 | GB 4789.38-2012 | 微生物培养法 | incubator | 食品
    大肠埃希氏菌 = 10~100000 CFU/g
inspect | 食品 | GB 4789.4-2024 | 微生物培养法 | incubator,pcr | 食品
    沙门氏菌 =
[pesticides]
content | 蔬菜和水果 | NY/T 761-2008 | 气相色谱法 | gc | 农业,食品 | 不少于 1 kg，冷藏
    毒死蜱 = 0.02~5 mg/kg | 16 % | | 0.02 mg/kg
    氯氰菊酯 = 0.003~5 mg/kg | 16 % | | 0.003 mg/kg
content | 植物源性食品 | GB 23200.113-2018 | 气相色谱-质谱法 | gc-ms | 农业,食品,连翘茶与药茶
    氯氟氰菊酯 = 0.01~2 mg/kg | 18 % | | 0.01 mg/kg
    联苯菊酯 = 0.01~2 mg/kg | 18 % | | 0.01 mg/kg
content | 植物源性食品 | GB 23200.121-2021 | 液相色谱-质谱法 | lc-ms | 农业,食品,连翘茶与药茶
    啶虫脒 = 0.01~2 mg/kg | 18 % | | 0.01 mg/kg
    吡虫啉 = 0.01~2 mg/kg | 18 % | | 0.01 mg/kg
    多菌灵 = 0.01~5 mg/kg | 18 % | | 0.01 mg/kg
inspect | 农产品 | GB 2763-2021 | 液相色谱-质谱法 | lc-ms,gc-ms | 农业,食品
    农药最大残留限量符合性 =
inspect | 农产品与食品 | GB 2762-2022 | 电感耦合等离子体质谱法 | icp-ms | 农业,食品
    污染物限量符合性 =
[tea]
property | 茶叶 | GB/T 8305-2013 | 重量法 | water-extract,balance,oven | 连翘茶与药茶 | 不少于 200 g，密封避光
    水浸出物 = 10~60 % | 2.0 %
content | 茶叶 | GB/T 8313-2018 | 分光光度法 | uv-vis,balance | 连翘茶与药茶
    茶多酚 = 1~40 % | 4.0 %
content | 茶叶 | GB/T 8313-2018 | 高效液相色谱法 | hplc | 连翘茶与药茶
    儿茶素类 = 0.1~30 % | 6.0 %
content | 茶叶 | GB/T 8312-2013 | 高效液相色谱法 | hplc | 连翘茶与药茶
    咖啡碱 = 0.01~6 % | 5.0 %
content | 茶叶 | GB/T 8314-2013 | 分光光度法 | uv-vis | 连翘茶与药茶
    游离氨基酸总量 = 0.2~10 % | 5.0 %
property | 茶叶 | GB/T 8310-2013 | 重量法 | fibre,balance | 连翘茶与药茶
    粗纤维 = 1~30 % | 5.0 %
property | 茶叶 | GB/T 8311-2013 | 筛分法 | tea-sieve,balance | 连翘茶与药茶
    粉末和碎茶 = 0.1~20 % | 5.0 %
property | 茶叶 | GB/T 8303-2013 | 重量法 | oven,balance | 连翘茶与药茶
    干物质 = 80~99 % | 0.5 %
inspect | 茶叶 | GB/T 23776-2018 | 感官检验 | tea-table | 连翘茶与药茶 | 不少于 300 g
    感官审评 = 0~100 分 | 2 分
inspect | 茶叶 | GB/T 8302-2013 | 感官检验 | grain-sampler,tea-table | 连翘茶与药茶
    取样 =
content | 连翘茶 | GB 23200.13-2016 | 液相色谱-质谱法 | lc-ms | 连翘茶与药茶,农业
    吡虫啉 = 0.01~2 mg/kg | 18 % | | 0.01 mg/kg
content | 连翘茶 | GB 5009.12-2023 | 电感耦合等离子体质谱法 | icp-ms,digestion | 连翘茶与药茶
    铅 = 0.02~20 mg/kg | 10 % | | 0.01 mg/kg | 第二法
[tea-old]
content | 茶叶 | GB/T 8313-2008 | 分光光度法 | uv-vis | 连翘茶与药茶
    茶多酚 = 1~40 % | 5.0 %
[food-old]
content | 食品 | GB 5009.5-2016 | 滴定法 | kjeldahl,balance | 食品
    蛋白质 = 0.1~90 g/100g | 3.5 %
content | 食品 | GB 5009.12-2017 | 石墨炉原子吸收光谱法 | aas | 食品
    铅 = 0.02~10 mg/kg | 14 % | | 0.02 mg/kg
property | 食品 | GB 4789.2-2016 | 微生物培养法 | incubator | 食品
    菌落总数 = 10~1000000 CFU/g
[grain]
property | 粮食 | GB/T 5498-2013 | 衡量法 | bulk-density | 农业,食品 | 不少于 2 kg
    容重 = 500~850 g/L | 2.5 g/L
inspect | 粮食、油料 | GB/T 5494-2019 | 感官检验 | grain-sampler,balance | 农业,食品
    杂质与不完善粒 = 0.1~20 % | 5.0 %
inspect | 粮食、油料 | GB/T 5492-2008 | 感官检验 | grain-sampler | 农业,食品
    色泽、气味、口味 =
inspect | 玉米 | GB 1353-2018 | 衡量法 | bulk-density,grain-sampler | 农业
    等级 =
inspect | 小麦 | GB 1351-2023 | 衡量法 | bulk-density,grain-sampler | 农业
    等级 =
content | 粮食 | GB 5009.22-2016 | 液相色谱-质谱法 | lc-ms | 农业,食品
    黄曲霉毒素 B1 = 0.1~50 μg/kg | 18 % | | 0.03 μg/kg
content | 粮食 | GB 5009.15-2023 | 电感耦合等离子体质谱法 | icp-ms,digestion | 农业,食品
    镉 = 0.002~2 mg/kg | 12 % | | 0.001 mg/kg
property | 粮食 | GB 5009.3-2016 | 重量法 | oven,balance | 农业,食品
    水分 = 5~40 % | 1.5 %
[drinking-water]
property | 生活饮用水 | GB/T 5750.4-2023 | 电极法 | ph-meter | 环境保护,食品 | 洁净玻璃瓶 1 L，当日送达
    pH 值 = 4~11 pH | 0.03 pH
property | 生活饮用水 | GB/T 5750.4-2023 | 分光光度法 | turbidity | 环境保护
    浑浊度 = 0.1~50 NTU | 6.0 %
property | 生活饮用水 | GB/T 5750.4-2023 | 电极法 | conductivity-meter | 环境保护
    电导率 = 1~10000 μS/cm | 2.0 %
content | 生活饮用水 | GB/T 5750.5-2023 | 离子色谱法 | ic | 环境保护
    氟化物 = 0.05~10 mg/L | 5.0 % | | 0.02 mg/L
    硝酸盐 = 0.1~50 mg/L | 5.0 % | | 0.04 mg/L
    硫酸盐 = 0.2~100 mg/L | 5.0 % | | 0.08 mg/L
content | 生活饮用水 | GB/T 5750.6-2023 | 电感耦合等离子体质谱法 | icp-ms | 环境保护
    铅 = 0.2~100 μg/L | 8.0 % | | 0.07 μg/L
    砷 = 0.3~100 μg/L | 8.0 % | | 0.09 μg/L
    锰 = 0.2~500 μg/L | 6.0 % | | 0.06 μg/L
property | 生活饮用水 | GB/T 5750.12-2023 | 微生物培养法 | incubator,autoclave | 环境保护 | 灭菌瓶 500 mL，4 h 内冷藏送达
    菌落总数 = 1~1000 CFU/mL
inspect | 生活饮用水 | GB 5749-2022 | 离子色谱法 | ic,uv-vis | 环境保护
    常规指标 =
[environment]
property | 水和废水 | HJ 1147-2020 | 电极法 | ph-meter | 环境保护
    pH 值 = 0~14 pH | 0.05 pH
content | 水和废水 | HJ 828-2017 | 滴定法 | cod | 环境保护 | 玻璃瓶 500 mL，加硫酸至 pH 小于 2
    化学需氧量 = 16~700 mg/L | 6.0 % | | 4 mg/L
content | 水和废水 | HJ 505-2009 | 电极法 | bod,incubator | 环境保护
    五日生化需氧量 = 2~6000 mg/L | 12 % | | 0.5 mg/L
content | 水和废水 | HJ 535-2009 | 分光光度法 | uv-vis | 环境保护
    氨氮 = 0.1~2 mg/L | 5.0 % | | 0.025 mg/L
content | 水和废水 | HJ 636-2012 | 分光光度法 | uv-vis,autoclave | 环境保护
    总氮 = 0.2~7 mg/L | 6.0 % | | 0.05 mg/L
content | 水和废水 | GB/T 11893-1989 | 分光光度法 | uv-vis | 环境保护
    总磷 = 0.04~0.6 mg/L | 6.0 % | | 0.01 mg/L
content | 水和废水 | GB/T 11901-1989 | 重量法 | balance,oven | 环境保护
    悬浮物 = 4~1000 mg/L | 8.0 %
content | 水和废水 | HJ 637-2018 | 红外分光光度法 | ir-oil | 环境保护
    石油类 = 0.24~800 mg/L | 8.0 % | | 0.06 mg/L
content | 水和废水 | GB/T 7467-1987 | 分光光度法 | uv-vis | 环境保护
    六价铬 = 0.016~1 mg/L | 6.0 % | | 0.004 mg/L
content | 水和废水 | GB/T 7475-1987 | 火焰原子吸收光谱法 | aas | 环境保护
    铜 = 0.05~5 mg/L | 5.0 %
    锌 = 0.05~1 mg/L | 5.0 %
content | 水和废水 | HJ 694-2014 | 原子荧光光谱法 | afs | 环境保护
    汞 = 0.16~10 μg/L | 10 % | | 0.04 μg/L
    砷 = 1.2~100 μg/L | 8.0 % | | 0.3 μg/L
content | 水和废水 | HJ 700-2014 | 电感耦合等离子体质谱法 | icp-ms | 环境保护
    镍 = 0.24~500 μg/L | 8.0 % | | 0.06 μg/L
    镉 = 0.2~500 μg/L | 8.0 % | | 0.05 μg/L
content | 固定污染源废气 | HJ 836-2017 | 重量法 | stack-sampler,balance | 环境保护
    低浓度颗粒物 = 1.0~50 mg/m³ | 10 % | | 1.0 mg/m³
content | 固定污染源废气 | GB/T 16157-1996 | 重量法 | stack-sampler,balance | 环境保护
    颗粒物 = 20~5000 mg/m³ | 10 %
content | 固定污染源废气 | HJ 57-2017 | 电极法 | flue-gas | 环境保护
    二氧化硫 = 12~2800 mg/m³ | 6.0 % | | 3 mg/m³
content | 固定污染源废气 | HJ 693-2014 | 电极法 | flue-gas | 环境保护
    氮氧化物 = 12~1300 mg/m³ | 6.0 % | | 3 mg/m³
content | 固定污染源废气 | HJ 38-2017 | 气相色谱法 | gc | 环境保护
    非甲烷总烃 = 0.28~500 mg/m³ | 10 % | | 0.07 mg/m³
content | 环境空气 | HJ 618-2011 | 重量法 | air-sampler,balance | 环境保护
    PM2.5 = 10~1000 μg/m³ | 12 % | | 10 μg/m³
    PM10 = 10~2000 μg/m³ | 12 % | | 10 μg/m³
property | 工业企业 | GB 12348-2008 | 声学测量 | noise | 环境保护
    厂界环境噪声 = 30~130 dB | 1.0 dB
property | 城市区域 | GB 3096-2008 | 声学测量 | noise | 环境保护
    环境噪声 = 30~130 dB | 1.0 dB
property | 土壤 | HJ 962-2018 | 电极法 | ph-meter | 环境保护,农业
    pH 值 = 3~10 pH | 0.06 pH
content | 土壤和沉积物 | HJ 491-2019 | 火焰原子吸收光谱法 | aas,digestion | 环境保护,农业 | 风干样 500 g
    铜 = 4~400 mg/kg | 8.0 % | | 1 mg/kg
    铬 = 16~400 mg/kg | 8.0 % | | 4 mg/kg
content | 土壤 | GB/T 17141-1997 | 石墨炉原子吸收光谱法 | aas,digestion | 环境保护,农业
    镉 = 0.04~2 mg/kg | 12 % | | 0.01 mg/kg
content | 土壤和沉积物 | HJ 803-2016 | 电感耦合等离子体质谱法 | icp-ms,digestion | 环境保护,农业
    铅 = 8~500 mg/kg | 10 % | | 2 mg/kg
    砷 = 2~200 mg/kg | 10 % | | 0.6 mg/kg
inspect | 农用地土壤 | GB 15618-2018 | 电感耦合等离子体质谱法 | icp-ms | 环境保护,农业
    污染风险筛选 =
inspect | 外排污水 | GB 8978-1996 | 分光光度法 | uv-vis,cod | 环境保护
    达标 =
inspect | 地表水 | GB 3838-2002 | 分光光度法 | uv-vis,ic | 环境保护
    水质类别 =
[environment-old]
property | 水和废水 | GB/T 6920-1986 | 电极法 | ph-meter | 环境保护
    pH 值 = 0~14 pH | 0.05 pH
[building]
property | 水泥 | GB/T 17671-2021 | 静态力学试验法 | cold-mor,curing | 建筑材料 | 每批 12 kg，密封防潮
    胶砂强度 = 1~80 MPa | 2.5 %
property | 水泥 | GB/T 1346-2024 | 整机性能试验 | vicat,cement-mixer | 建筑材料
    凝结时间 = 30~720 min | 5 min
property | 水泥 | GB/T 8074-2008 | 密度与孔隙测量 | blaine | 建筑材料
    比表面积 = 250~550 m²/kg | 2.5 %
property | 水泥 | GB/T 208-2014 | 密度与孔隙测量 | balance | 建筑材料
    密度 = 2.5~3.5 g/cm³ | 0.02 g/cm³
property | 水泥 | GB/T 1345-2005 | 筛分法 | sieve | 建筑材料
    细度 = 0.1~20 % | 5.0 %
property | 水泥胶砂 | GB/T 2419-2005 | 整机性能试验 | cement-mixer | 建筑材料
    流动度 = 100~300 mm | 2 mm
content | 水泥 | GB/T 176-2017 | 滴定法 | titrator,balance | 建筑材料
    氧化钙 = 20~70 % | 0.8 %
    氧化镁 = 0.2~10 % | 2.5 %
inspect | 通用硅酸盐水泥 | GB 175-2023 | 整机性能试验 | cold-mor,vicat | 建筑材料
    出厂项目 =
property | 混凝土 | GB/T 50081-2019 | 静态力学试验法 | press,curing | 建筑材料 | 150 mm 立方体试件，每组 3 块
    立方体抗压强度 = 5~120 MPa | 2.0 %
property | 混凝土拌合物 | GB/T 50080-2016 | 整机性能试验 | slump | 建筑材料
    坍落度 = 10~250 mm | 5 mm
property | 建设用砂 | GB/T 14684-2022 | 筛分法 | sieve | 建筑材料
    颗粒级配 = 0.15~9.5 mm | 2.0 %
property | 建设用碎石 | GB/T 14685-2022 | 筛分法 | sieve,press | 建筑材料
    压碎指标 = 1~40 % | 4.0 %
property | 砌墙砖 | GB/T 2542-2012 | 静态力学试验法 | press | 建筑材料
    抗压强度 = 1~60 MPa | 2.5 %
property | 混凝土砌块 | GB/T 4111-2013 | 静态力学试验法 | press | 建筑材料
    抗压强度 = 1~50 MPa | 2.5 %
property | 陶瓷砖 | GB/T 3810.3-2016 | 密度与孔隙测量 | porosity,balance | 建筑材料
    吸水率 = 0.05~25 % | 4.0 %
property | 建筑材料 | GB 6566-2010 | 低本底 γ 能谱法 | gamma | 建筑材料,耐火材料 | 不少于 3 kg
    放射性核素镭-226 = 10~2000 Bq/kg | 14 %
[building-old]
property | 水泥 | GB/T 1346-2011 | 整机性能试验 | vicat | 建筑材料
    凝结时间 = 30~720 min | 5 min
inspect | 通用硅酸盐水泥 | GB 175-2007 | 整机性能试验 | cold-mor | 建筑材料
    存量产品 =
[mass]
calibrate | 电子天平 | JJG 1036-2022 | 衡量法 | weights | 机械制造,食品,医疗卫生 | 可到现场校准，天平预热 2 h 以上
    称量 = 0~5.1 g | 0.010 mg
    称量 = 0~120 g | 0.06 mg
    称量 = 0~220 g | 0.3 mg
    称量 = 0~500 g | 2.5 mg
    称量 = 0~2200 g | 20 mg
    称量 = 0~6200 g | 0.2 g
    称量 = 0~32 kg | 1.0 g
verify | 电子天平 | JJG 1036-2022 | 衡量法 | weights | 机械制造,食品,医疗卫生
    称量（特种准确度级） = 0~220 g | | Ⅰ级
    称量（高准确度级） = 0~6200 g | | Ⅱ级
verify | 机械天平 | JJG 98-2019 | 衡量法 | weights | 化工,食品
    称量 = 0~200 g | | Ⅰ级、Ⅱ级
verify | 砝码 | JJG 99-2022 | 衡量法 | weights,balance | 机械制造,食品
    质量 = 0.001~500 g | 0.3 mg | F2 等级及以下
    质量 = 1~20 kg | 0.15 g | M1 等级及以下
calibrate | 砝码 | JJG 99-2022 | 衡量法 | weights,balance | 机械制造,食品
    质量 = 0.001~200 g | 0.05 mg | F1 等级
verify | 数字指示秤 | JJG 539-2016 | 衡量法 | weights,truck-weights | 服务业,食品 | 贸易结算用的免费检定，网上申请
    称量 = 0~300 kg | | Ⅲ级
    称量 = 0.3~3 t | | Ⅲ级
verify | 模拟指示秤 | JJG 13-2016 | 衡量法 | weights | 服务业
    称量 = 0~100 kg | | Ⅲ级、Ⅳ级
verify | 非自行指示秤 | JJG 14-2016 | 衡量法 | weights | 服务业,农业
    称量 = 0~500 kg | | Ⅲ级
verify | 电子汽车衡 | JJG 1118-2015 | 衡量法 | truck-weights | 煤炭,交通运输
    称量 = 1~100 t | 0.05 % | Ⅲ级
verify | 皮带秤 | JJG 195-2019 | 衡量法 | belt-scale-rig | 煤炭
    累计流量 = 1~60 t | 0.15 % | 0.5 级
verify | 玻璃量器 | JJG 196-2006 | 衡量法 | volume-rig,balance | 化工,医疗卫生
    容量 = 1~2000 mL | 0.1 % | A 级、B 级
verify | 移液器 | JJG 646-2006 | 衡量法 | volume-rig,balance | 医疗卫生,食品
    容量 = 1~10000 μL | 0.6 %
calibrate | 移液器 | JJG 646-2006 | 衡量法 | volume-rig,balance | 医疗卫生,食品
    容量 = 10~5000 μL | 0.4 %
[mass-old]
calibrate | 电子天平 | JJG 1036-2008 | 衡量法 | weights | 机械制造
    称量 = 0~200 g | 0.5 mg
verify | 砝码 | JJG 99-2006 | 衡量法 | weights | 机械制造
    质量 = 0.001~500 g | | M1 等级及以下
[length]
verify | 通用卡尺 | JJG 30-2012 | 直接比较法 | caliper-rig,gauge-block | 机械制造,煤矿机械 | 清洗去油，每批附清单
    长度 = 0~300 mm | | 分度值 0.02 mm
calibrate | 通用卡尺 | JJG 30-2012 | 直接比较法 | caliper-rig,gauge-block | 机械制造,煤矿机械
    长度 = 0~500 mm | 0.01 mm
verify | 千分尺 | JJG 21-2008 | 直接比较法 | gauge-block | 机械制造
    长度 = 0~100 mm | | 0 级、1 级
calibrate | 千分尺 | JJG 21-2008 | 直接比较法 | gauge-block | 机械制造
    长度 = 0~200 mm | 1.5 μm
verify | 量块 | JJG 146-2011 | 直接比较法 | gauge-block,length-machine | 机械制造
    长度 = 0.5~100 mm | 0.3 μm | 4 等及以下
verify | 钢卷尺 | JJG 4-2015 | 直接比较法 | tape-bench | 建筑材料,服务业
    长度 = 0~50 m | 0.3 mm | Ⅱ级
verify | 直角尺 | JJG 7-2004 | 直接比较法 | gauge-block | 机械制造
    长度 = 0~500 mm | | 1 级
verify | 塞尺 | JJG 62-2017 | 直接比较法 | length-machine | 机械制造
    厚度 = 0.02~3 mm | 1.0 μm
verify | 平板 | JJG 117-2013 | 直接比较法 | level-gauge | 机械制造
    平面度 = 0~1 mm | 4.0 μm | 1 级及以下
verify | 覆盖层厚度测量仪 | JJG 818-2018 | 直接比较法 | length-machine | 家用电器,金属材料
    厚度 = 5~1500 μm | 1.5 %
calibrate | 坐标测量机 | JJF 1064-2010 | 直接比较法 | gauge-block | 机械制造
    长度示值 = 0~500 mm | 0.8 μm
calibrate | 表面粗糙度测量仪 | JJF 1105-2018 | 直接比较法 | roughness | 机械制造
    粗糙度 Ra = 0.1~10 μm | 4.0 %
calibrate | 超声波测厚仪 | JJF 1126-2004 | 直接比较法 | gauge-block | 金属材料
    厚度 = 1~200 mm | 0.02 mm
calibrate | 影像测量仪 | JJF 1318-2011 | 直接比较法 | gauge-block | 机械制造,电子信息
    长度示值 = 0~300 mm | 1.5 μm
[force]
verify | 拉力、压力和万能试验机 | JJG 139-2014 | 直接比较法 | standard-force | 机械制造,建筑材料 | 现场检定，需停机半天
    力值 = 1~1000 kN | 0.4 % | 1 级
calibrate | 拉力、压力和万能试验机 | JJG 139-2014 | 直接比较法 | standard-force | 机械制造,建筑材料
    力值 = 0.1~300 kN | 0.3 %
verify | 电子式万能试验机 | JJG 475-2008 | 直接比较法 | standard-force | 机械制造,气凝胶
    力值 = 0.1~300 kN | 0.3 % | 0.5 级
verify | 电液伺服万能试验机 | JJG 1063-2010 | 直接比较法 | standard-force | 机械制造
    力值 = 10~1000 kN | 0.4 % | 1 级
verify | 摆锤式冲击试验机 | JJG 145-2007 | 直接比较法 | impact-verifier | 金属材料
    吸收能量 = 10~450 J | 1.0 %
verify | 金属洛氏硬度计 | JJG 112-2013 | 直接比较法 | hardness-blocks | 金属材料,机械制造
    硬度 = 20~70 HRC | 0.8 HRC
verify | 金属布氏硬度计 | JJG 150-2005 | 直接比较法 | hardness-blocks | 金属材料
    硬度 = 100~400 HBW | 1.6 %
verify | 扭矩扳子 | JJG 707-2014 | 直接比较法 | torque | 机械制造,煤矿机械,交通运输
    扭矩 = 5~1000 N·m | 1.0 %
calibrate | 扭矩扳子 | JJG 707-2014 | 直接比较法 | torque | 机械制造,煤矿机械
    扭矩 = 1~2000 N·m | 0.8 %
[pressure]
verify | 一般压力表 | JJG 52-2013 | 直接比较法 | pressure-calibrator,piston-gauge | 煤炭,化工,新能源与储能 | 每批附清单，5 块以上可上门
    压力 = -0.1~1 MPa | | 1.6 级及以下
    压力 = 0~25 MPa | | 1.6 级及以下
    压力 = 0~60 MPa | | 1.6 级及以下
verify | 精密压力表 | JJG 49-2013 | 直接比较法 | piston-gauge | 化工,机械制造
    压力 = 0~60 MPa | | 0.25 级及以下
verify | 数字压力计 | JJG 875-2019 | 直接比较法 | piston-gauge | 化工,新能源与储能
    压力 = 0~60 MPa | 0.03 % | 0.1 级及以下
calibrate | 数字压力计 | JJG 875-2019 | 直接比较法 | piston-gauge | 化工,煤矿机械
    压力 = 0.1~6 MPa | 0.03 %
verify | 压力变送器 | JJG 882-2019 | 直接比较法 | pressure-calibrator,multi-source | 化工,煤炭
    压力 = -0.1~60 MPa | 0.08 % | 0.2 级及以下
calibrate | 压力变送器 | JJG 882-2019 | 直接比较法 | pressure-calibrator,multi-source | 化工,煤炭
    压力 = 0~60 MPa | 0.08 %
[pressure-old]
calibrate | 数字压力计 | JJG 875-2005 | 直接比较法 | piston-gauge | 化工
    压力 = 0~6 MPa | 0.05 %
[temperature]
verify | 工作用玻璃液体温度计 | JJG 130-2011 | 直接比较法 | bath,standard-prt | 化工,食品,医疗卫生
    温度 = -30~300 ℃ | 0.08 ℃
verify | 工业铂、铜热电阻 | JJG 229-2010 | 直接比较法 | bath,standard-prt | 耐火材料,化工
    温度 = -40~300 ℃ | 0.06 ℃ | A 级及以下
calibrate | 工业铂、铜热电阻 | JJG 229-2010 | 直接比较法 | bath,standard-prt | 耐火材料,化工
    温度 = -40~300 ℃ | 0.06 ℃
verify | 工作用贵金属热电偶 | JJG 141-2013 | 直接比较法 | tc-furnace | 耐火材料,金属材料 | 偶丝长度不小于 1 m
    温度 = 419~1500 ℃ | 1.8 ℃ | Ⅱ级
calibrate | 廉金属热电偶 | JJF 1637-2017 | 直接比较法 | tc-furnace | 耐火材料,金属材料,化工
    温度 = 300~1200 ℃ | 1.2 ℃
calibrate | 数字式温湿度计 | JJF 1076-2020 | 直接比较法 | humidity-chamber | 食品,医疗卫生,电子信息
    相对湿度 = 20~90 %RH | 1.6 %RH
    温度 = 5~50 ℃ | 0.3 ℃
calibrate | 环境试验设备 | JJF 1101-2019 | 直接比较法 | field-logger | 家用电器,电子信息
    温度 = -70~200 ℃ | 0.4 ℃
    相对湿度 = 20~98 %RH | 2.2 %RH
calibrate | 箱式电阻炉 | JJF 1376-2012 | 直接比较法 | field-logger | 耐火材料,煤炭
    温度 = 300~1300 ℃ | 2.5 ℃
[flow]
verify | 饮用冷水水表 | JJG 162-2019 | 衡量法 | water-meter-rig | 服务业 | 贸易结算用的免费检定
    流量 = 0.006~16 m³/h | 0.4 % | 2 级
verify | 膜式燃气表 | JJG 577-2012 | 直接比较法 | gas-meter-rig | 服务业
    流量 = 0.016~16 m³/h | 0.6 % | 1.5 级
verify | 电磁流量计 | JJG 1033-2007 | 衡量法 | liquid-flow-rig | 化工,煤炭,环境保护
    流量 = 1~500 m³/h | 0.1 % | 0.5 级及以下
verify | 超声流量计 | JJG 1030-2007 | 衡量法 | liquid-flow-rig | 化工,环境保护
    流量 = 1~500 m³/h | 0.12 % | 1 级及以下
calibrate | 电磁流量计 | JJG 1033-2007 | 衡量法 | liquid-flow-rig | 化工,煤炭
    流量 = 1~500 m³/h | 0.1 %
[electrical]
verify | 电流表、电压表、功率表及电阻表 | JJG 124-2005 | 直接比较法 | multi-source | 煤炭,机械制造
    直流电压 = 0~1000 V | 0.05 % | 0.2 级及以下
    交流电流 = 0~20 A | 0.08 % | 0.5 级及以下
verify | 接地电阻表 | JJG 366-2004 | 直接比较法 | decade-resistor | 煤炭,建筑材料
    电阻 = 0.1~2000 Ω | 0.4 %
verify | 电子式绝缘电阻表 | JJG 1005-2019 | 直接比较法 | decade-resistor | 煤炭,家用电器
    电阻 = 0.1~10000 MΩ | 1.2 %
verify | 耐电压测试仪 | JJG 795-2016 | 直接比较法 | hipot-rig | 家用电器,电子信息
    电压 = 0.5~10 kV | 0.8 % | 5 级
verify | 电子式交流电能表 | JJG 596-2012 | 直接比较法 | energy-meter-rig | 服务业,新能源与储能
    电流 = 0.05~100 A | 0.1 % | 1 级
calibrate | 数字多用表 | JJF 1587-2016 | 直接比较法 | multi-source | 电子信息,家用电器
    直流电压 = 0.001~1000 V | 0.006 %
    直流电流 = 0.0001~10 A | 0.03 %
    电阻 = 1~100000000 Ω | 0.02 %
calibrate | 钳形电流表 | JJF 1075-2015 | 直接比较法 | multi-source | 煤炭,新能源与储能
    交流电流 = 1~1000 A | 0.4 %
verify | 秒表 | JJG 237-2010 | 直接比较法 | clock | 服务业,食品
    时间 = 1~86400 s | 0.02 s
verify | 声级计 | JJG 188-2017 | 直接比较法 | sound-rig | 环境保护
    声压级 = 30~130 dB | 0.5 dB
verify | 光照度计 | JJG 245-2005 | 直接比较法 | light-bench | 服务业,建筑材料
    照度 = 20~3000 lx | 2.2 % | 一级及以下
[analytic-metrology]
verify | 实验室 pH（酸度）计 | JJG 119-2018 | 标准物质法 | analytic-references | 化工,食品,环境保护
    pH = 1.68~12.45 pH | 0.02 pH | 0.01 级及以下
verify | 电导率仪 | JJG 376-2007 | 标准物质法 | analytic-references | 化工,环境保护
    电导率 = 1~100000 μS/cm | 0.6 %
verify | 紫外、可见、近红外分光光度计 | JJG 178-2007 | 标准物质法 | analytic-references | 化工,食品,环境保护
    波长 = 190~900 nm | 0.4 nm | Ⅱ级及以下
verify | 原子吸收分光光度计 | JJG 694-2009 | 标准物质法 | analytic-references | 金属材料,食品,环境保护
    铜检出限 = 0.005~5 mg/L | 3.0 %
verify | 气相色谱仪 | JJG 700-2016 | 标准物质法 | analytic-references | 化工,食品
    柱箱温度 = 50~300 ℃ | 0.4 ℃
verify | 液相色谱仪 | JJG 705-2014 | 标准物质法 | analytic-references | 食品,医疗卫生
    泵流量 = 0.2~2 mL/min | 1.0 %
verify | 发射光谱仪 | JJG 768-2005 | 标准物质法 | analytic-references | 金属材料
    铬含量 = 0.01~25 % | 2.0 % | A 级
verify | 氧弹热量计 | JJG 672-2018 | 标准物质法 | analytic-references | 煤炭
    热值 = 20~30 MJ/kg | 0.2 %
calibrate | 四极杆电感耦合等离子体质谱仪 | JJF 1159-2006 | 标准物质法 | analytic-references | 环境保护,食品
    铟检出限 = 0.01~10 μg/L | 4.0 %
calibrate | 气相色谱-质谱联用仪 | JJF 1164-2018 | 标准物质法 | analytic-references | 食品,环境保护
    定量重复性 = 0.1~10 mg/L | 4.0 %
calibrate | 液相色谱-质谱联用仪 | JJF 1317-2011 | 标准物质法 | analytic-references | 食品,医疗卫生
    定量重复性 = 0.01~1 mg/L | 5.0 %
[gas]
verify | 可燃气体检测报警器 | JJG 693-2011 | 标准物质法 | gas-divider | 煤炭,化工 | 仪器充满电，附充电器
    甲烷浓度 = 0.1~5 % | 2.0 %
verify | 一氧化碳检测报警器 | JJG 915-2008 | 标准物质法 | gas-divider | 煤炭,化工
    一氧化碳 = 5~1000 μmol/mol | 2.2 %
verify | 硫化氢气体检测仪 | JJG 695-2019 | 标准物质法 | gas-divider | 煤炭,化工
    硫化氢 = 2~200 μmol/mol | 3.0 %
calibrate | 可燃气体检测报警器 | JJG 693-2011 | 标准物质法 | gas-divider | 煤炭,化工
    甲烷浓度 = 0.1~5 % | 2.0 %
verify | 烟气分析仪 | JJG 968-2002 | 标准物质法 | gas-divider | 环境保护
    二氧化硫 = 20~2000 μmol/mol | 2.5 %
[medical]
verify | 无创自动测量血压计 | JJG 692-2010 | 直接比较法 | bp-rig | 医疗卫生 | 医疗卫生用的免费检定
    压力 = 0~35 kPa | 0.12 kPa
[vehicle]
verify | 出租汽车计价器 | JJG 517-2016 | 直接比较法 | taxi-rig | 交通运输
    里程 = 0.5~20 km | 0.3 %
verify | 汽车排放气体测试仪 | JJG 688-2017 | 标准物质法 | exhaust-analyser | 交通运输
    一氧化碳 = 0.1~8 % | 2.0 %
"""


def methods() -> dict[str, list[Method]]:
    """The methods of each group, in the order of the table."""
    groups: dict[str, list[Method]] = {}
    family: tuple = ()
    for line in filter(None, TABLE.splitlines()):
        if line.startswith("["):
            group = groups.setdefault(line.strip("[]"), [])
        elif line.startswith(" "):
            group.append(Method(*family, *read_row(line)))
        else:
            family = read_family(line)
    return groups


def read_family(line: str) -> tuple:
    pattern, object_, standard, technique, instruments, industries, samples = ([part.strip() for part in line.split("|")] + [""])[:7]
    return pattern, object_, standard, technique, tuple(instruments.split(",")), tuple(industries.split(",")), samples


def read_row(line: str) -> list[str]:
    parameter, _, rest = line.partition("=")
    return [parameter.strip(), *(part.strip() for part in rest.split("|"))]


def name_of(method: Method) -> str:
    """The readable name of the capability."""
    text = PATTERNS[method.pattern][0]
    if method.pattern == "content" and method.parameter.endswith(("量", "值", "纤维", "总烃", "物")):
        text = text.replace("含量", "")
    return spaced(text.format(object=method.object, parameter=method.parameter, technique=method.technique, span=span_of(method)))


def spaced(text: str) -> str:
    """A space where Han characters meet Latin letters or digits."""
    return re.sub(r"(?<=[一-鿿])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[一-鿿])", " ", text)


def span_of(method: Method) -> str:
    return f"{method.parameter} {method.range}" if method.range else method.parameter


def kind_of(method: Method) -> str:
    return PATTERNS[method.pattern][1]


def substance_of(method: Method) -> tuple[str, str]:
    """Symbol and CAS number of what is determined, empty if it is no single substance."""
    return SUBSTANCES.get(method.parameter, ("", "")) if method.pattern == "content" else ("", "")
