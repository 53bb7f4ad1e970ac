"""Outside files for homes, assets and geo: limits, refusals, the stored report."""
