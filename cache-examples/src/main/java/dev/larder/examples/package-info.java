/** Small programs that show Larder at work. */
@NullMarked
package dev.larder.examples;

import org.jspecify.annotations.NullMarked;
