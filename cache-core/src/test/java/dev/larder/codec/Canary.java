package dev.larder.codec;

import java.io.Serializable;

/** Sings when it is initialised. No test may touch it but through bytes, and then it must stay silent. */
public class Canary implements Serializable {

    private static final long serialVersionUID = 1L;

    static {
        System.setProperty("larder.canary", "has sung");
    }
}
