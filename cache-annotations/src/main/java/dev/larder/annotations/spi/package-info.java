/** What an adapter to a container brings along, and what an application can decide. */
@NullMarked
package dev.larder.annotations.spi;

import org.jspecify.annotations.NullMarked;
