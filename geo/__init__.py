"""Qamtu's data side: documents, reading, observations, store, joining, layers.

Importing this package is cheap: geopandas is only imported by the modules that draw or join shapes.
"""
