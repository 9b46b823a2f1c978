"""ARCHITECTURE.md is the map of this code: its list of rooms, its picture and its paragraphs are those of `sim`."""

import re
from dataclasses import replace

import pytest

from tools.draw_house import BLOCK, PAGE, PICTURE, picture
from tools.house import House, Room, described, needed, read_house

TEXT = PAGE.read_text(encoding="utf-8")
STALE = "run `make docs`"


@pytest.fixture(scope="module")
def house() -> House:
    return read_house()


def room(name: str, *imports: str) -> Room:
    return Room(name, (), imports, ())


def test_the_list_of_rooms_on_the_page_is_that_of_the_code(house: House) -> None:
    assert BLOCK.findall(TEXT) == [described(house)], STALE


def test_the_picture_of_the_rooms_is_drawn_from_the_code(house: House) -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(house), STALE


def test_every_room_has_a_paragraph_with_its_invariant_and_its_absences(house: House) -> None:
    sections = re.findall(r"^### ((?:`sim/\w+(?:\.py)?`(?:, )?)+).*\n((?:(?!^#).*\n)*)", TEXT, re.MULTILINE)
    described_rooms = [name for heading, _ in sections for name in re.findall(r"sim/(\w+)", heading)]

    assert sorted(described_rooms) == sorted(room.name for layer in house.layers for room in layer)
    assert [heading for heading, text in sections if "**Invariant:**" not in text or "**Absent:**" not in text] == []


def test_arrows_show_every_import_and_point_down(house: House) -> None:
    row = {room.name: place for place, layer in enumerate(house.layers) for room in layer}
    arrows = needed(house)
    reached = {name: {name} for name in row}
    for name in sorted(row, key=row.__getitem__, reverse=True):
        for upper, lower in arrows:
            if upper == name:
                reached[name] |= reached[lower]

    assert all(row[upper] < row[lower] for upper, lower in arrows)
    assert all(set(room.imports) <= reached[room.name] for layer in house.layers for room in layer)


def test_an_import_that_others_imply_has_no_arrow() -> None:
    rooms = (room("top", "middle", "ground"), room("middle", "ground"), room("ground"))

    assert needed(House(tuple((one,) for one in rooms), ())) == [("top", "middle"), ("middle", "ground")]


def test_a_room_without_a_place_in_the_picture_is_named(house: House) -> None:
    with pytest.raises(SystemExit, match="cellar"):
        picture(replace(house, layers=(*house.layers, (room("cellar"),))))


def test_the_straight_line_passes_eight_steps_in_rooms_of_the_house(house: House) -> None:
    names = [room.name for layer in house.layers for room in layer]

    assert " -> ".join(step for step, _ in house.steps) in TEXT
    assert {home for _, home in house.steps} <= set(names)
