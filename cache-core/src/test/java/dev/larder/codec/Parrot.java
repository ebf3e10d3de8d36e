package dev.larder.codec;

import java.io.Serializable;

/** Bears a name as long as {@link Canary}'s, so that one can be turned into the other in bytes. */
public class Parrot implements Serializable {
    private static final long serialVersionUID = 1L;
}
