/**
 * Java serialisation, for who needs it: behind an allow-list and limits.
 */
@NullMarked
package dev.larder.codec.serial;

import org.jspecify.annotations.NullMarked;
