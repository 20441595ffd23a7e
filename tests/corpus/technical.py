"""The technical half: standards, institutions, certificates, equipment, capabilities."""

import random
from collections import defaultdict

from .technical_capabilities import capability_records, chosen_methods
from .technical_certificates import enterprise_certificates, institution_certificates
from .technical_equipment import equipment_records
from .technical_institutions import TABLE
from .technical_offices import institution_record
from .technical_standards import standards


def make(rng, scale=1):
    """Yield the files of this half; every office draws from a generator of its own, so that one more field here moves nothing there."""
    seed = rng.getrandbits(64)
    for name, records in standards().items():
        yield "standards", name, records, None
    certificates = defaultdict(list)
    counts = {"certificate": 0, "equipment": 0, "capability": 0}
    for number, id, office, template in offices(scale):
        draws = {subject: random.Random(f"{seed}/{subject}/{id}") for subject in ("office", *counts, "method")}
        yield "institutions", id, institution_record(draws["office"], template, office), template.body
        held = institution_certificates(draws["certificate"], id, template, counts["certificate"])
        counts["certificate"] += len(held)
        for kind, record in held:
            certificates[kind].append(record)
        if not template.equipment:
            continue
        methods = chosen_methods(draws["method"], template)
        owned = equipment_records(draws["equipment"], id, template, methods, counts["equipment"])
        counts["equipment"] += len(owned)
        yield "equipment", id, [record for _, record in owned], None
        offered = capability_records(draws["capability"], id, template, methods, owned, held, counts["capability"])
        counts["capability"] += len(offered)
        yield "capabilities", id, offered, None
    for kind, record in enterprise_certificates(random.Random(f"{seed}/enterprises"), scale, counts["certificate"]):
        certificates[kind].append(record)
    for kind, records in certificates.items():
        yield "certificates", kind, records, None


def offices(scale):
    """Number, id, name and template of each institution; beyond the first round the same templates open branches."""
    for number in range(1, len(TABLE) * scale + 1):
        branch, place = divmod(number - 1, len(TABLE))
        template = TABLE[place]
        name = f"{template.name}第{branch + 1}分部" if branch else template.name
        yield number, f"inst-{number:02d}", name, template
