"""The programme Care Home Friends and Neighbours, one room a subject."""
