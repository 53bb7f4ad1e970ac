"""The facilitator’s board: a cohort’s homes over their waves."""
