/** The Store SPI: where entries live, and the one conditional change a store applies atomically. */
@NullMarked
package dev.larder.store;

import org.jspecify.annotations.NullMarked;
