"""Tables whose cells hold what a spreadsheet, or somebody in a hurry, made of them."""

from tests.damaged.good import csv_text, homes
from tests.damaged.hsca import hsca_text
from tests.damaged.kinds import TABLES, damaged

# --- dates and numbers ----------------------------------------------------------------


@damaged("homes", "hsca.csv", says='"45231" is not a date like', whole=False)
def dates_as_serial_numbers() -> str:
    return hsca_text({}, {"Location HSCA start date": "45231"})


@damaged("homes", "hsca.csv", says='"31/02/2020" is not a date like', whole=False)
def a_day_that_never_was() -> str:
    return hsca_text({}, {"Location HSCA start date": "31/02/2020"})


@damaged("homes", "hsca.csv", says='"10-31-20" is not a date like', whole=False)
def an_american_date() -> str:
    return hsca_text({}, {"Location HSCA start date": "10-31-20"})


@damaged("homes", "hsca.csv", says='"01/01/9999" is not|row 3.*lies ahead', whole=False)
def a_date_eight_thousand_years_ahead() -> str:
    return hsca_text({}, {"Location HSCA start date": "01/01/9999"})


@damaged("homes", "hsca.csv", says='"-4" is not a number of beds', whole=False)
def minus_four_beds() -> str:
    return hsca_text({}, {"Care homes beds": "-4"})


@damaged("homes", "hsca.csv", says='"1e9" is not a number of beds', whole=False)
def a_thousand_million_beds() -> str:
    return hsca_text({}, {"Care homes beds": "1e9"})


@damaged("homes", "hsca.csv", says="row 3, Care homes beds: .* is not a number", whole=False)
def beds_of_five_thousand_digits() -> str:
    return hsca_text({}, {"Care homes beds": "9" * 5000})


@damaged("homes", "hsca.csv", says='"٢٢" is not a number of beds', whole=False)
def beds_in_other_digits() -> str:
    return hsca_text({}, {"Care homes beds": "٢٢"})


@damaged(TABLES, "homes.csv", says="read 2, new 2", whole=False)
def a_phone_in_scientific_notation() -> str:
    return csv_text(homes({}, {"telephone": "1.61496E+09"}))


@damaged("homes", "homes.csv", says='row 3, postcode: "1.00E\\+07" is not a UK', whole=False)
def a_postcode_in_scientific_notation() -> str:
    return csv_text(homes({}, {"postcode": "1.00E+07"}))


@damaged("homes", "homes.csv", says=r'row 3, column "cqc_id": "1\.02E\+08" is what a')
def a_registration_in_scientific_notation() -> str:
    return csv_text(homes({}, {"cqc_id": "1.02E+08"}))


@damaged("homes", "homes.csv", says=r'row 3, column "cqc_id": "Jan-00" is what a')
def a_registration_made_a_date() -> str:
    return csv_text(homes({}, {"cqc_id": "Jan-00"}))


# --- formulas -------------------------------------------------------------------------


@damaged(TABLES, "homes.csv", says=r"row 3, name: .*formula", whole=False)
def a_formula_that_links() -> str:
    return csv_text(homes({}, {"name": '=HYPERLINK("http://evil.example","Larch House")'}))


@damaged(TABLES, "homes.csv", says=r"row 3, name: .*formula", whole=False)
def a_formula_that_runs_a_command() -> str:
    return csv_text(homes({}, {"name": "=cmd|' /C calc'!A0"}))


@damaged(TABLES, "homes.csv", says='row 3, column "name": the cell holds #REF!, a formula')
def the_error_of_a_formula() -> str:
    return csv_text(homes({}, {"name": "#REF!"}))


@damaged(TABLES, "homes.csv", says='row 3, column "lon": the cell holds #N/A, a formula')
def the_error_of_a_formula_as_coordinate() -> str:
    return csv_text(homes({}, {"lon": "#N/A"}))


# --- names ----------------------------------------------------------------------------


@damaged("homes", "homes.csv", says="row 3, name: more than 200 characters", whole=False)
def a_name_of_ten_thousand_characters() -> str:
    return csv_text(homes({}, {"name": "Larch " * 1700}))


@damaged("homes", "homes.csv", says="row 3, name: this cell is empty", whole=False)
def a_name_of_zero_width_spaces() -> str:
    return csv_text(homes({}, {"name": "\u200b\u200b\ufeff"}))


@damaged(TABLES, "homes.csv", says="read 2, new 2", whole=False)
def control_characters_in_a_name() -> str:
    return csv_text(homes({}, {"name": "Larch\x07 \x1b[31mHouse\x9d"}))


@damaged(TABLES, "homes.csv", says="read 2, new 2", whole=False)
def a_name_that_turns_the_text_round() -> str:
    return csv_text(homes({}, {"name": "Larch \u202eesuoH\u202c"}))


@damaged(TABLES, "homes.csv", says="read 2, new 2", whole=False)
def emoji_in_a_name() -> str:
    return csv_text(homes({}, {"name": "🌲 Cedar Lodge 👵🏽"}))


@damaged(TABLES, "homes.csv", says="read 2, new 2", whole=False)
def a_script_in_a_name() -> str:
    return csv_text(homes({}, {"name": "<script>alert(1)</script> House"}))


# --- places ---------------------------------------------------------------------------


@damaged("homes", "homes.csv", says='row 3, column "lon": longitude and latitude look swapped')
def longitude_and_latitude_swapped() -> str:
    return csv_text(homes({}, {"lon": "53.4240", "lat": "-2.3220"}))


@damaged("homes", "homes.csv", says='row 3, column "lon": .* is not a number of degrees')
def degrees_minutes_and_seconds() -> str:
    return csv_text(homes({}, {"lon": "2°19'19.2\"W", "lat": "53°25'26.4\"N"}))


@damaged("homes", "homes.csv", says='row 3, column "lon": "-2,322" is not a number of degrees')
def decimal_commas() -> str:
    return csv_text(homes({}, {"lon": "-2,322", "lat": "53,424"}))


@damaged("homes", "homes.csv", says="the point 378740, 391930 .*outside the UK.*easting")
def easting_and_northing_as_degrees() -> str:
    return csv_text(homes({}, {"lon": "378740", "lat": "391930"}))


@damaged("homes", "homes.csv", says='row 3, column "lon": the point 0, 0 lies outside the UK')
def null_island() -> str:
    return csv_text(homes({}, {"lon": "0", "lat": "0"}))


@damaged("homes", "homes.csv", says='row 3, column "lon": the point 2.35, 48.85 lies outside')
def a_home_in_paris() -> str:
    return csv_text(homes({}, {"lon": "2.35", "lat": "48.85"}))


@damaged("homes", "homes.csv", says='row 3, column "lat": "" is not a number of degrees')
def half_a_point() -> str:
    return csv_text(homes({}, {"lat": ""}))


@damaged("homes", "homes.csv", says='row 3, column "lon": "NaN" is not a number of degrees')
def not_a_number_as_degrees() -> str:
    return csv_text(homes({}, {"lon": "NaN", "lat": "NaN"}))


@damaged("homes", "homes.csv", says='row 3, column "lat": "1e999" is not a number of degrees')
def infinity_as_degrees() -> str:
    return csv_text(homes({}, {"lat": "1e999"}))


# --- places in tables of places: a row is refused, and the others are taken -----------


def _placed(lon: str, lat: str) -> str:
    return csv_text(homes({}, {"lon": lon, "lat": lat, "postcode": ""}))


@damaged("places", "parks.csv", says="row 3, .*swapped", whole=False)
def a_park_turned_over() -> str:
    return _placed("53.4240", "-2.3220")


@damaged("places", "parks.csv", says="row 3, .*no decimal numbers", whole=False)
def a_park_in_degrees_minutes_and_seconds() -> str:
    return _placed("2°19'19.2\"W", "53°25'26.4\"N")


@damaged("places", "parks.csv", says="row 3, .*no decimal numbers", whole=False)
def a_park_with_decimal_commas() -> str:
    return _placed("-2,322", "53,424")


@damaged("places", "parks.csv", says="row 3, .*outside the UK", whole=False)
def a_park_in_paris() -> str:
    return _placed("2.35", "48.85")


@damaged("places", "parks.csv", says="row 3, .*no place", whole=False)
def a_park_on_null_island() -> str:
    return _placed("0", "0")


@damaged("places", "parks.csv", says="row 3, .*half of its coordinates", whole=False)
def a_park_with_half_a_point() -> str:
    return _placed("-2.322", "")


@damaged("places", "parks.csv", says="row 3, .*no decimal numbers", whole=False)
def a_park_at_infinity() -> str:
    return _placed("inf", "53.424")


@damaged("places", "parks.csv", says="row 3, .*name has more than 200", whole=False)
def a_park_with_a_name_of_ten_thousand_characters() -> str:
    return csv_text(homes({}, {"name": "Larch " * 1700}))


@damaged("places", "parks.csv", says="row 3, name: it has no name", whole=False)
def a_park_named_in_zero_width_spaces() -> str:
    return csv_text(homes({}, {"name": "\u200b\u200b\ufeff"}))


@damaged("places", "parks.csv", says='row 3, column "id": the id .* stands twice')
def a_park_twice_with_other_contents() -> str:
    rows = homes({}, {"name": "Another Park"})
    return csv_text([{"id": "7", **row} for row in rows])
