/** What was measured, written for people: on a terminal, as Markdown, and as one HTML page. */
@NullMarked
package dev.larder.benchmarks.report;

import org.jspecify.annotations.NullMarked;
