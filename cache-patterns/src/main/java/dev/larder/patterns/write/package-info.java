/** Writers: to functions, and to SQL. */
@NullMarked
package dev.larder.patterns.write;

import org.jspecify.annotations.NullMarked;
