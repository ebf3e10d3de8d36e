/** The containers that the same tests run in. */
@NullMarked
package dev.larder.annotations.container;

import org.jspecify.annotations.NullMarked;
