/** A small program for each pattern between a cache and its database: read-through, write-behind, and changes that other programs make. */
@NullMarked
package dev.larder.examples.patterns;

import org.jspecify.annotations.NullMarked;
