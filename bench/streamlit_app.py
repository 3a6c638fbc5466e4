"""The tuned Folium map as a streamlit-folium application, run by ``streamlit run``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import folium
import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.peer_apps import Figures, load_figures, tuned_map
from bench.peer_libraries import from_here
from geo.boundaries import load_regions


@st.cache_resource
def inputs() -> tuple[Figures, gpd.GeoDataFrame]:
    return load_figures(), load_regions(500)


def atlas() -> folium.Map:
    """Made for every visit: streamlit-folium draws nothing of a map that it has drawn before.

    Without legends, whose library it asks of a third party whatever one says; all others come from our peer.
    """
    figure = tuned_map(*inputs(), legends=False)
    for kind in ("default_js", "default_css"):
        links = [(name, os.environ["QAMTU_BENCH_LIBRARIES"] + from_here(link)) for name, link in getattr(figure, kind)]
        setattr(figure, kind, links)
    return figure


st.set_page_config(layout="wide")
st_folium(atlas(), returned_objects=[], use_container_width=True, height=800)
