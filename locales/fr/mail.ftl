# Pourquoi un message n'a pas été remis.

mail-fault-unreachable = Le serveur de messagerie est injoignable
mail-fault-insecure = La connexion au serveur de messagerie n’est pas sûre
mail-fault-slow = Le serveur de messagerie a mis trop de temps à répondre
mail-fault-sign-in = Le serveur de messagerie n’accepte pas notre nom d’utilisateur et notre mot de passe
mail-fault-later = Le serveur de messagerie a demandé de réessayer plus tard
mail-fault-refused = Le serveur de messagerie a refusé le message ou son adresse
mail-fault-address = Aucun message ne peut être envoyé à cette adresse
mail-fault-sealed = Son lien n’est plus lisible : le secret de l’installation a été changé
mail-fault-unwritten = Le message n’a pas pu être rédigé
mail-fault-stale = Il attendait depuis trop longtemps
mail-fault-other = Une erreur s’est produite de notre côté
