/** Loaders: from functions, from repositories, from SQL. */
@NullMarked
package dev.larder.patterns.load;

import org.jspecify.annotations.NullMarked;
