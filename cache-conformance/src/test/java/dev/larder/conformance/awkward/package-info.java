/**
 * A second store, made to be awkward: bytes on a shared server that is slow, has a clock of its own, keeps no order and fails
 * on demand. It shows that the Store SPI asks for nothing that only a heap can do.
 */
@NullMarked
package dev.larder.conformance.awkward;

import org.jspecify.annotations.NullMarked;
