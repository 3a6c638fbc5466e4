"""HTML pages. What ``map.html`` is given is told at ``map_context``."""
