/** Forces the steps of several threads into an order that a seed decides, and that can be repeated. */
@NullMarked
package dev.larder.testkit.interleave;

import org.jspecify.annotations.NullMarked;
