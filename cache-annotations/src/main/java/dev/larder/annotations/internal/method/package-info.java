/** What the annotations say of a method, read once. */
@NullMarked
package dev.larder.annotations.internal.method;

import org.jspecify.annotations.NullMarked;
