"""Makes the migrations of a database with many records light."""
