/**
 * The report on one or several runs: {@code metrics.json}, {@code table.md}, {@code report.html}.
 *
 * <p>The same evaluations and settings give the same bytes; nothing here reads a clock.
 */
package org.medvilam.evaluation.report;
