"""What people look at: base templates, components, and the pages that show several rooms."""
