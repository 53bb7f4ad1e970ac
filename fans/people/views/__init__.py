"""The pages of accounts, roles and invitations."""
