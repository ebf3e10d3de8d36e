/** Read-through: one load per key, whoever asks for it. */
@NullMarked
package dev.larder.jcache.internal.load;

import org.jspecify.annotations.NullMarked;
