# Writes the answers of a second program that the tests of this folder are held against.
# Run in this folder: Rscript make_reference.R. It needs plm, sandwich and lmtest
# (Debian: r-cran-plm, r-cran-sandwich, r-cran-lmtest), and writes
#   emplUK.csv     the 140 British firms of Arellano and Bond (1991), as plm ships them, in logarithms
#   gmm.csv        Arellano-Bond and Blundell-Bond regressions on it
#   panel.csv      pooled, within, random and correlated random effects on the wages of 545 men, all of
#                  them and an unbalanced part with singletons (see `unbalanced`)
#   components.csv the variance components of the random effects
#   versions.csv   the versions that wrote them
# The wages are those of linearmodels, read with the Python that the variable PYTHON names.
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

wage_file <- tempfile(fileext = ".csv")
export <- sprintf("from linearmodels.datasets import wage_panel; wage_panel.load().to_csv(r'%s', index=False)", wage_file)
stopifnot(system2(Sys.getenv("PYTHON", "python"), c("-c", shQuote(export))) == 0)
wages <- read.csv(wage_file)
wages$cell <- wages$nr %% 40
unbalanced <- subset(wages, (nr + 3 * year) %% 5 != 0 & (nr %% 7 != 0 | year == 1981 + nr %% 2))

# The variance components of Swamy and Arora (1972) by lm, with the harmonic mean of the years.
harmonic <- function(y, x, id) {
  centre <- function(v) v - ave(v, id)
  xw <- apply(x, 2, centre)
  changing <- apply(abs(xw), 2, max) > 1e-9
  within <- lm(centre(y) ~ xw[, changing] - 1)
  n_id <- length(unique(id))
  s2_e <- sum(resid(within)^2) / (length(y) - n_id - within$rank)
  first <- !duplicated(id)
  between <- lm(ave(y, id)[first] ~ apply(x, 2, function(v) ave(v, id))[first, ] - 1)
  t_bar <- n_id / sum(1 / table(id))
  s2_u <- max(0, sum(resid(between)^2) / (n_id - between$rank) - s2_e / t_bar)
  theta <- 1 - sqrt(s2_e / (ave(y, id, FUN = length) * s2_u + s2_e))
  list(theta = theta, s2_e = s2_e, s2_u = s2_u)
}

# Least squares on columns less theta times their means: theta 1 is within, 0 pooled.
rows_of <- function(panel, model, y, x, id, cell, theta, named, lost = 0) {
  ys <- y - theta * ave(y, id)
  xs <- x - theta * apply(x, 2, function(v) ave(v, id))
  fit <- lm(ys ~ xs - 1)
  keep <- match(paste0("xs", named), names(coef(fit)))
  error <- function(v) sqrt(diag(v))[keep]
  data.frame(
    program = "lm and sandwich", panel, model, term = named, estimate = coef(fit)[keep],
    classical = error(vcov(fit)) * sqrt(fit$df.residual / (fit$df.residual - lost)),
    bare = error(vcovCL(fit, cluster = id, type = "HC0", cadjust = FALSE)),
    corrected = error(vcovCL(fit, cluster = id, type = "HC1")),
    bare_cell = error(vcovCL(fit, cluster = cell, type = "HC0", cadjust = FALSE)),
    n_obs = length(y), n_columns = fit$rank
  )
}

plm_rows <- function(panel, model, fit, named) {
  error <- function(v) sqrt(diag(v))[named]
  tested <- coeftest(fit, vcov = vcovHC(fit, type = "sss"))
  data.frame(
    program = "plm", panel, model, term = named, estimate = coef(fit)[named], classical = error(vcov(fit)),
    bare = error(vcovHC(fit, type = "HC0")), corrected = tested[named, "Std. Error"], bare_cell = NA,
    n_obs = nobs(fit), n_columns = length(coef(fit))
  )
}

changing <- c("union", "married", "expersq")
all_terms <- c("union", "married", "exper", "expersq", "educ", "black", "hisp")
reported <- list(); components <- list()
for (panel in c("balanced", "unbalanced")) {
  d <- if (panel == "balanced") wages else unbalanced
  pd <- pdata.frame(d, index = c("nr", "year"))
  years <- model.matrix(~ factor(year), d)[, -1]
  colnames(years) <- paste0("year", seq_len(ncol(years)))
  x <- cbind(const = 1, as.matrix(d[all_terms]), years)
  few <- cbind(as.matrix(d[changing]), years)
  means <- apply(cbind(as.matrix(d[changing]), years), 2, function(v) ave(v, d$nr))
  colnames(means) <- sprintf("mean(%s)", colnames(means))
  if (panel == "balanced") means <- means[, seq_along(changing)]
  mundlak <- cbind(const = 1, few, means)
  add <- function(...) reported[[length(reported) + 1]] <<- rows_of(panel, ...)
  random <- harmonic(d$lwage, x, d$nr); correlated <- harmonic(d$lwage, mundlak, d$nr)
  components[[panel]] <- data.frame(
    panel, model = c("random", "correlated"), idiosyncratic = c(random$s2_e, correlated$s2_e),
    entity = c(random$s2_u, correlated$s2_u)
  )
  n_men <- length(unique(d$nr))
  add("pooled", d$lwage, x, d$nr, d$cell, 0, all_terms)
  add("within", d$lwage, few, d$nr, d$cell, 1, changing, lost = n_men)
  add("random", d$lwage, x, d$nr, d$cell, random$theta, all_terms)
  add("correlated", d$lwage, mundlak, d$nr, d$cell, correlated$theta, c(changing, colnames(means)[1:3]))
  f <- lwage ~ union + married + exper + expersq + educ + black + hisp + factor(year)
  g <- lwage ~ union + married + expersq + factor(year)
  addp <- function(...) reported[[length(reported) + 1]] <<- plm_rows(panel, ...)
  addp("pooled", plm(f, pd, model = "pooling"), all_terms)
  addp("within", plm(g, pd, model = "within"), changing)
  if (panel == "balanced") {
    h <- lwage ~ union + married + expersq + factor(year) + Between(union) + Between(married) + Between(expersq)
    r <- plm(f, pd, model = "random", random.method = "swar")
    addp("random", r, all_terms)
    addp("correlated", plm(h, pd, model = "random", random.method = "swar"), changing)
    print(summary(r)$ercomp)
  }
}
save(do.call(rbind, reported), "panel.csv")
save(do.call(rbind, components), "components.csv")
packages <- c("plm", "sandwich", "lmtest")
save(data.frame(
  program = c("R", packages),
  version = c(paste(R.version$major, R.version$minor, sep = "."), vapply(packages, function(p) as.character(packageVersion(p)), ""))
), "versions.csv")
