/** Runs the programs, and checks what they print. */
@NullMarked
package dev.larder.examples.patterns;

import org.jspecify.annotations.NullMarked;
