"""Effects of transfers that follow need: rules that change doses, lags as instruments, reviews."""
