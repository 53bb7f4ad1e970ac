"""The count pyramid's tables, and where a point lies in the web mercator world.

Both functions say where in 2^31 parts of the world a point is, counted from its
north-western corner: a tile of any zoom, and a cell of it, are its leading bits.
"""

from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION geo_world_x(point geography) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT floor((ST_X(point::geometry) + 180) / 360 * 2147483648)::int
$$;

CREATE FUNCTION geo_world_y(point geography) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT floor(
    (0.5 - ln(tan(pi() / 4 + radians(ST_Y(point::geometry)) / 2)) / (2 * pi())) * 2147483648
  )::int
$$;
"""

DROP = """
DROP FUNCTION geo_world_x(geography);
DROP FUNCTION geo_world_y(geography);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0003_record_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="PyramidCell",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("n", models.IntegerField()),
                ("sx", models.IntegerField()),
                ("sy", models.IntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("n", 0)),
                        fields=["key"],
                        name="geo_pyramidcell_emptied",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PyramidChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("x", models.IntegerField()),
                ("y", models.IntegerField()),
                ("what", models.SmallIntegerField()),
                ("n", models.IntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["y", "x"], name="geo_pyramidchange_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("n", 0), _negated=True),
                        name="geo_pyramidchange_of_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("x__gte", 0), ("y__gte", 0)),
                        name="geo_pyramidchange_in_world",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what__gt", 0), ("what__lt", 256)),
                        name="geo_pyramidchange_what_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PyramidCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_at", models.DateTimeField(auto_now_add=True)),
                ("cells", models.PositiveIntegerField()),
                ("different", models.PositiveIntegerField()),
            ],
            options={"ordering": ["-checked_at"]},
        ),
        migrations.RunSQL(FUNCTIONS, DROP),
    ]
