"""Il filo: the unbroken chain from a need to the service that came of it, both ways (product.md).

Composes other areas' queries and has no table of its own: the chain is data (foreign keys), never prose.
"""
