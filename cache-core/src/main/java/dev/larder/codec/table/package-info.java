/**
 * The self-describing codec: values that say what they are, by numbers from a closed table and never by a class's name.
 */
@NullMarked
package dev.larder.codec.table;

import org.jspecify.annotations.NullMarked;
