package dev.larder.testkit.server;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A private key and the certificates of its public one.
 *
 * @param chain the certificate, followed by that of the authority that signed it, if that is another
 */
record KeyAndChain(PrivateKey key, List<Certificate> chain) {

    static KeyAndChain of(KeyStore store, String alias, String password) {
        try {
            PrivateKey key = (PrivateKey) Objects.requireNonNull(store.getKey(alias, password.toCharArray()), alias);
            return new KeyAndChain(key, List.of(store.getCertificateChain(alias)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    List<byte[]> encodedChain() {
        List<byte[]> encoded = new ArrayList<>();
        try {
            for (Certificate certificate : chain) {
                encoded.add(certificate.getEncoded());
            }
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
        return encoded;
    }
}
