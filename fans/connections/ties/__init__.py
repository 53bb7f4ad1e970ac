"""The life of a tie: asked, agreed, active, quiet, ended; both sides say yes."""
