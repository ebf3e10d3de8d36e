/** Write-through: the user's writer, and what it did of what it was asked. */
@NullMarked
package dev.larder.jcache.internal.write;

import org.jspecify.annotations.NullMarked;
