/**
 * What a store of bytes needs: keys that no other cache can form, and frames around values that tell what they are.
 *
 * <p>{@link dev.larder.codec.frame.EntryCodec} joins it all and is the one class to know;
 * {@link dev.larder.codec.frame.CodecSettings} makes it.
 */
@NullMarked
package dev.larder.codec.frame;

import org.jspecify.annotations.NullMarked;
