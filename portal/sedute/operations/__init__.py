"""Writing sittings (``sedute``) and what happens at their desk (``banco``, ``votazioni``)."""
