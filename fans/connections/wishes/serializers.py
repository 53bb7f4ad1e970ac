"""A wish as the API gives it to those who may read it on the home's own board."""

from typing import ClassVar

from rest_framework import serializers

from fans.connections.wishes.models import Wish
from geo.drf import PageSerializer


class WishSerializer(serializers.ModelSerializer[Wish]):
    """One wish: its words, and nobody's name, neither whose nor who took it down."""

    tags = serializers.ListField(
        child=serializers.CharField(), help_text="themes, as in fixtures/wishes/tags.json"
    )
    text = serializers.CharField(help_text="empty once the words are kept no longer")

    class Meta:
        model = Wish
        fields: ClassVar[list[str]] = [
            *("id", "home", "text", "tags", "from_whom", "how_many", "taken_on", "status"),
            *("granted_on", "connection", "let_go_on", "let_go_why"),
        ]


class WishPageSerializer(PageSerializer):
    """A page of wishes, for the schema."""

    results = WishSerializer(many=True)
