"""How a county holds on to what it won against poverty: from a bureau's files to a paper."""
