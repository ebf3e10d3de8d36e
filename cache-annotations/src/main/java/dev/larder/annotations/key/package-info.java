/** Keys of annotated methods, which can be made and read. */
@NullMarked
package dev.larder.annotations.key;

import org.jspecify.annotations.NullMarked;
