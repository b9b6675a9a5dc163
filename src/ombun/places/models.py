from django.db import models


class Province(models.Model):
    """A province (จังหวัด) by its two-digit code."""

    code = models.PositiveSmallIntegerField(primary_key=True)
    name_th = models.TextField()
    name_en = models.TextField()


class District(models.Model):
    """A district (อำเภอ/เขต) by its four-digit code."""

    code = models.PositiveIntegerField(primary_key=True)
    province = models.ForeignKey(Province, models.PROTECT)
    name_th = models.TextField()
    name_en = models.TextField()


class Tambon(models.Model):
    """A sub-district (ตำบล/แขวง) by its six-digit code."""

    code = models.PositiveIntegerField(primary_key=True)
    district = models.ForeignKey(District, models.PROTECT)
    name_th = models.TextField()
    name_en = models.TextField()
