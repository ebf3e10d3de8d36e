/** What loaders and writers over JDBC share: how keys and rows become parameters and values, and SQL made from a table. */
@NullMarked
package dev.larder.patterns.jdbc;

import org.jspecify.annotations.NullMarked;
