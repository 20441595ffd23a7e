"""Machine formats, made by code and never by text templates. Each module renders one kind of file to bytes."""
