import schemathesis

# Pieces of an upload are bytes, as those of any other.
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
