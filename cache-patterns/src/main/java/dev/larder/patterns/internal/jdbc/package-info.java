/** What loaders and writers over JDBC need alike and users do not. */
@NullMarked
package dev.larder.patterns.internal.jdbc;

import org.jspecify.annotations.NullMarked;
