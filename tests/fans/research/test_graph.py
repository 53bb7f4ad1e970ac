"""GraphML: what networkx reads is what was written."""

import io

import networkx as nx

from fans.research.graph import graphml


def read(nodes, edges):
    return nx.read_graphml(io.BytesIO(b"".join(graphml(nodes, edges))))


def test_networkx_reads_nodes_edges_and_whole_numbers():
    weights = {"weight": 5, "weight_in": 3, "weight_out": 2, "status": "active"}

    found = read(
        [("H-a", {"kind": "home"}), ("P-b", {"kind": "partner", "category": "school"})],
        [("H-a", "P-b", weights)],
    )

    assert not found.is_directed()
    assert dict(found.nodes(data=True)) == {
        "H-a": {"kind": "home"},
        "P-b": {"kind": "partner", "category": "school"},
    }
    assert found.edges["H-a", "P-b"] == weights


def test_words_with_angle_brackets_and_quotes_come_through():
    area = 'Bath & North "East" <Somerset>'

    found = read([('H-"a"', {"area": area})], [])

    assert dict(found.nodes(data=True)) == {'H-"a"': {"area": area}}


def test_a_blank_is_no_attribute():
    found = read([("H-a", {"kind": "home", "area": ""})], [])

    assert found.nodes["H-a"] == {"kind": "home"}


def test_a_graph_without_ties_is_a_graph():
    assert len(read([], [])) == 0
