# Writes the answers of a second program that the tests of this folder are held against.
# Run in this folder: Rscript make_reference.R. It needs plm, sandwich and lmtest
# (Debian: r-cran-plm, r-cran-sandwich, r-cran-lmtest), and writes
#   emplUK.csv     the 140 British firms of Arellano and Bond (1991), as plm ships them, in logarithms
#   gmm.csv        Arellano-Bond and Blundell-Bond regressions on it
#   panel.csv      pooled, within, random and correlated random effects on wage_panel.csv
#   versions.csv   the versions that wrote them
suppressMessages({library(plm); library(sandwich); library(lmtest)})
options(digits = 17)

save <- function(table, file) {
  numbers <- vapply(table, is.numeric, logical(1))
  table[numbers] <- lapply(table[numbers], function(x) trimws(formatC(x, digits = 16, format = "g")))
  write.csv(table, file, row.names = FALSE, quote = FALSE)
}

data(EmplUK, package = "plm")
firms <- with(EmplUK, data.frame(firm, year, n = log(emp), w = log(wage), k = log(capital), ys = log(output)))
save(firms, "emplUK.csv")
firms <- pdata.frame(firms, index = c("firm", "year"))

gmm_rows <- function(name, fit, n_terms) {
  steps <- if (is.list(fit$coefficients)) fit$coefficients[[2]] else fit$coefficients
  robust <- vcovHC(fit)
  # As a matrix: given the function, mtest also uses it where the uncorrected covariance belongs.
  test <- function(order) as.numeric(mtest(fit, order = order, vcov = robust)$statistic)
  j <- sargan(fit, weights = "twosteps")
  data.frame(
    model = name, term = paste("term", seq_len(n_terms)),
    estimate = steps[seq_len(n_terms)], std_error = sqrt(diag(robust))[seq_len(n_terms)],
    ar1 = test(1), ar2 = test(2), overidentification = as.numeric(j$statistic), df = as.numeric(j$parameter)
  )
}

employment <- n ~ lag(n, 1:2) + lag(w, 0:1) + lag(k, 0:2) + lag(ys, 0:2) | lag(n, 2:99)
short <- n ~ lag(n, 1) + lag(w, 0:1) + lag(k, 0:1) | lag(n, 2:99) + lag(w, 2:99) + lag(k, 2:99)
shallow <- n ~ lag(n, 1) + lag(w, 0:1) + lag(k, 0:1) | lag(n, 2:4) + lag(w, 2:4) + lag(k, 2:4)
mixed <- n ~ lag(n, 1) + lag(w, 0:1) + lag(k, 0:1) | lag(n, 2:99) + lag(w, 1:99) + lag(k, 2:99)
fit <- function(formula, model, transformation, collapse = FALSE, effect = "twoways") {
  pgmm(formula, data = firms, effect = effect, model = model, transformation = transformation, collapse = collapse)
}
save(rbind(
  gmm_rows("a1", fit(employment, "onestep", "d"), 10),
  gmm_rows("a2", fit(employment, "twosteps", "d"), 10),
  gmm_rows("a2 collapsed", fit(employment, "twosteps", "d", TRUE), 10),
  gmm_rows("a2 without years", fit(employment, "twosteps", "d", effect = "individual"), 10),
  gmm_rows("difference", fit(short, "twosteps", "d"), 5),
  gmm_rows("difference with lags 2 to 4", fit(shallow, "onestep", "d"), 5),
  gmm_rows("difference with wages predetermined", fit(mixed, "onestep", "d"), 5),
  gmm_rows("system in one step", fit(short, "onestep", "ld"), 5),
  gmm_rows("system in two steps", fit(short, "twosteps", "ld"), 5),
  gmm_rows("system collapsed", fit(short, "twosteps", "ld", TRUE), 5)
), "gmm.csv")
